using System.Collections.Immutable;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.GenerateData;

/// <summary>Draws the pretraining corpus with its vocabulary, and the target task's prompt pairs in their splits.</summary>
internal sealed class GenerateDataStage(ExperimentSpec spec) : IStage
{
    /// <inheritdoc/>
    public string Name => GenerateDataFiles.StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan() =>
        [
            WorkItem.Of(GenerateDataFiles.CorpusItem, new CorpusSlice(spec.Seed, spec.Data), DrawCorpus),
            WorkItem.Of(GenerateDataFiles.TargetItem, new TargetSlice(spec.Seed, spec.Data, spec.Splits), DrawTarget),
            WorkItem.Of(
                GenerateDataFiles.OtherTasksItem,
                new OtherSlice(spec.Seed, spec.Data, new(spec.Splits.Circuit)),
                DrawOtherTasks
            ),
        ];

    private static void DrawCorpus(CorpusSlice slice, WorkItemContext context)
    {
        Vocabulary vocabulary = Vocabulary.ForNumbers(slice.Data.MaxNumber);
        Corpus corpus = CorpusGenerator.Generate(slice.Data, vocabulary, new SeededRandom(slice.Seed));
        File.WriteAllBytes(context.OutputFile(VocabularyFile.Name), VocabularyFile.Write(vocabulary));
        File.WriteAllBytes(context.OutputFile(GenerateDataFiles.CorpusName), CorpusFile.Write(corpus));
        context.Progress($"{corpus.LineCount:N0} lines of at most {corpus.Length} tokens, {vocabulary.Count} words");
    }

    private static void DrawTarget(TargetSlice slice, WorkItemContext context)
    {
        TargetSplits splits = TargetSplits.Draw(slice.Data, slice.Splits, new SeededRandom(slice.Seed));
        foreach ((string name, ImmutableArray<PromptPair> pairs) in splits.Named)
        {
            File.WriteAllBytes(context.OutputFile(GenerateDataFiles.SplitFile(name)), PairsFile.Write(pairs));
        }

        context.Progress(
            string.Join(", ", splits.Named.Select(split => $"{split.Name} {split.Pairs.Length:N0}")) + " prompt pairs"
        );
    }

    // The tasks that the target's circuit is composed with: products, and expressions of two steps.
    private static void DrawOtherTasks(OtherSlice slice, WorkItemContext context)
    {
        SeededRandom random = new(slice.Seed);
        (string File, IPromptPairs Task)[] tasks =
        [
            (PairSets.MulDiv, new MulDivPrompts(slice.Data.MaxNumber)),
            (PairSets.TwoStep, new TwoStepPrompts(slice.Data.MaxNumber, slice.Data.SmallLimit)),
        ];
        foreach ((string file, IPromptPairs task) in tasks)
        {
            ImmutableArray<PromptPair> pairs = DistinctPairs.Draw(
                task,
                slice.Splits.Circuit,
                random.Derive($"pairs {file}")
            );
            File.WriteAllBytes(context.OutputFile(GenerateDataFiles.SplitFile(file)), PairsFile.Write(pairs));
        }
    }

    private sealed record CorpusSlice(int Seed, CorpusSpec Data);

    private sealed record OtherSlice(int Seed, CorpusSpec Data, PairCount Splits);

    private sealed record PairCount(int Circuit);

    private sealed record TargetSlice(int Seed, CorpusSpec Data, SplitSpec Splits);
}
