using CircuitPipeline.Models;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Runs;

/// <summary>Finds and reads the sets of prompt pairs of <see cref="PairSets"/>.</summary>
internal static class StudyPairs
{
    internal static ItemInput Input(StudyTask task, string pairs) =>
        Of(task, pairs, GenerateDataFiles.SplitFile(pairs));

    /// <summary>What was made of the rows of a set that is read from a file; of others there is none.</summary>
    internal static ItemInput Origin(StudyTask task, string pairs) =>
        Of(task, pairs, GenerateDataFiles.OriginFile(pairs));

    internal static EncodedPairs Read(WorkItemContext context, StudyTask task, string pairs, Vocabulary? vocabulary) =>
        PairsFile.Read(context.Inputs[Input(task, pairs)], vocabulary);

    /// <summary>The pairs that circuits are found or measured with.</summary>
    /// <param name="context">Of an item with the pairs among its inputs.</param>
    /// <param name="which">The model whose circuits they are.</param>
    /// <param name="pairs">The file of the pairs.</param>
    /// <param name="bos">As of <see cref="TrapsSpec.Bos"/>.</param>
    /// <param name="model">The model.</param>
    internal static EncodedPairs ReadForCircuits(
        WorkItemContext context,
        StudyModel which,
        string pairs,
        string? bos,
        Transformer model
    )
    {
        EncodedPairs read = Read(context, which.Task, pairs, StudyVocabulary.Read(context, which.Base));
        if (bos is null)
        {
            return read;
        }

        int end =
            model.Config.EosTokenId
            ?? throw new StageFailedException(
                "'traps.bos' is 'discovery', but the model's configuration names no end of text that stands before a prompt; write 'none'"
            );
        return EncodedPairs.Of(Enumerable.Range(0, read.Count).Select(row => Behind(end, read[row])));
    }

    private static EncodedPair Behind(int first, EncodedPair pair) =>
        pair with
        {
            Clean = pair.Clean.Insert(0, first),
            Corrupted = pair.Corrupted.Insert(0, first),
            Position = pair.Position + 1,
        };

    private static ItemInput Of(StudyTask task, string pairs, string file) =>
        new(
            GenerateDataFiles.StageName,
            pairs is PairSets.MulDiv or PairSets.TwoStep ? GenerateDataFiles.OtherTasksItem : task.DataItem,
            file
        );
}
