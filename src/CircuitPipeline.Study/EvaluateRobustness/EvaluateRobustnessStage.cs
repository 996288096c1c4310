using CircuitPipeline.Circuits;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;
using TorchSharp;

namespace CircuitPipeline.Study.EvaluateRobustness;

/// <summary>
/// Finds circuits again from disjoint parts of the pairs and from perturbed pairs: how much they depend on which pairs they are found
/// with, and how much of that a randomly initialised model of the same shape gives too.
/// </summary>
internal sealed class EvaluateRobustnessStage(ExperimentSpec spec, TaskSets imports) : IStage
{
    /// <inheritdoc/>
    public string Name => EvaluateRobustnessFiles.StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan() =>
        from row in EvaluateRobustnessFiles.All(spec)
        let file = EdgeSearch.FileOf(spec, PairSets.First)
        select WorkItem.Of(
            EvaluateRobustnessFiles.ItemOf(row.Model, row.IsRandom),
            new Slice(
                spec.Seed,
                row.Model.Task.Name,
                row.Model.Base,
                row.Model.Step,
                row.IsRandom,
                file,
                EdgeSearch.Of(spec.Discover),
                new Sampling(
                    spec.Discover.ComparePercent,
                    spec.Discover.Robustness!.Parts,
                    spec.Discover.Robustness.Shares
                ),
                CircuitTraps.Of(spec),
                row.IsRandom && spec.Model is ModelCheckpointSpec { Dtype: ModelCheckpointSpec.BFloat16 }
                    ? new Shape(ModelCheckpointSpec.BFloat16)
                    : null
            ),
            Measure,
            [
                .. row.IsRandom ? ShapeOf(row.Model) : row.Model.Inputs(spec),
                .. EdgeSearch.Inputs(imports, row.Model.Task, file),
            ],
            usesEngine: true
        );

    // Of a randomly initialised model nothing is read but its shape, and the words of the pairs.
    private IEnumerable<ItemInput> ShapeOf(StudyModel model) =>
        [ConfigOf(model.Base), .. spec.FromScratch is null ? (ItemInput[])[] : [StudyVocabulary.Input(model.Base)]];

    private static ItemInput ConfigOf(int number) =>
        new(PretrainFiles.StageName, ItemNames.Base(number), Checkpoint.ConfigFile);

    private static void Measure(Slice slice, WorkItemContext context)
    {
        StudyModel which = new(new StudyTask(slice.Task), slice.Base, slice.Step);
        using Transformer model = slice.IsRandom ? RandomModel(slice, context) : which.Load(context);
        EncodedPairs pairs = StudyPairs.ReadForCircuits(context, which, slice.Pairs, slice.Traps.Bos, model);
        CircuitRobustness found = new RobustnessRun(Find).Measure(
            slice.IsRandom ? EvaluateRobustnessFiles.RandomLabel : which.Label,
            slice.Base,
            slice.Sampling.ComparePercent,
            pairs,
            slice.Sampling.Splits,
            slice.Sampling.PerturbedPercent,
            new SeededRandom(slice.Seed).Derive($"robustness base {slice.Base}")
        );
        File.WriteAllBytes(context.OutputFile(EvaluateRobustnessFiles.RobustnessName), StageJson.Write(found));

        Circuit Find(EncodedPairs some)
        {
            try
            {
                return StudyCircuits.Select(
                    slice.Discover.Score(model, some, slice.Traps, context),
                    slice.Sampling.ComparePercent
                );
            }
            catch (UndefinedResultException undefined)
            {
                throw new StageFailedException(
                    $"'discover.robustness.splits' leaves a part with {some.Count} pairs, from which no circuit follows; write fewer splits. {undefined.Message}"
                );
            }
        }
    }

    private static Transformer RandomModel(Slice slice, WorkItemContext context)
    {
        using torch.Generator weights = new(
            new SeededRandom(slice.Seed).Derive($"randomly initialised base {slice.Base}").NextBits()
        );
        return TransformerFactory.Create(
            HuggingFaceConfig.Read(context.Inputs[ConfigOf(slice.Base)]),
            weights,
            torch.device(context.Device),
            slice.Model is null ? torch.float32 : torch.bfloat16
        );
    }

    private sealed record Slice(
        int Seed,
        string? Task,
        int Base,
        int Step,
        bool IsRandom,
        string Pairs,
        EdgeSearch Discover,
        Sampling Sampling,
        CircuitTraps Traps,
        Shape? Model
    );

    // The element type of the models beside it; null for float32.
    private sealed record Shape(string Dtype);

    private sealed record Sampling(double ComparePercent, int Splits, double[] PerturbedPercent);
}
