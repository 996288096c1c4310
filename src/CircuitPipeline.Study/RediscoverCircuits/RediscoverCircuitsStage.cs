using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.RediscoverCircuits;

/// <summary>
/// Finds the circuits of the models that other methods than LoRA made, measures them, and compares them with those of the base model,
/// of LoRA's last checkpoint, and of the same model from other prompt pairs.
/// </summary>
internal sealed class RediscoverCircuitsStage(ExperimentSpec spec, TaskSets imports) : IStage
{
    /// <inheritdoc/>
    public string Name => RediscoverCircuitsFiles.StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan() =>
        from model in StudyModel.Retrained(spec)
        let files = new Sets(EdgeSearch.FileOf(spec, PairSets.First), PairSets.Second)
        select WorkItem.Of(
            model.Name,
            new Slice(
                model.Task.Name,
                model.Base,
                model.Step,
                model.Method,
                files,
                EdgeSearch.Of(spec.Discover),
                new Sizes(spec.Discover.EdgesPercent, spec.Discover.ComparePercent),
                spec.OpenTraps.CircuitPairs,
                CircuitTraps.Of(spec)
            ),
            Rediscover,
            [
                .. model.Inputs(spec),
                .. EdgeSearch.Inputs(imports, model.Task, files.First),
                .. EdgeSearch.Inputs(imports, model.Task, files.Second),
                .. Others(model).Select(other => CircuitOf(other, spec.Discover.ComparePercent)),
            ],
            usesEngine: true
        );

    private static void Rediscover(Slice slice, WorkItemContext context)
    {
        StudyModel which = new(new StudyTask(slice.Task), slice.Base, slice.Step, slice.Method);
        using Transformer model = which.Load(context);
        EdgeScores scores = Score(slice.Pairs.First, AttributeEdgesFiles.ScoresName);
        EdgeScores again = Score(slice.Pairs.Second, RediscoverCircuitsFiles.AgainScoresName);
        (double Percent, Circuit Circuit)[] circuits =
        [
            .. slice.Sizes.EdgesPercent.Select(percent => (percent, StudyCircuits.Select(scores, percent))),
        ];
        foreach ((double percent, Circuit circuit) in circuits)
        {
            File.WriteAllBytes(
                context.OutputFile(SelectCircuitsFiles.CircuitFileOf(percent)),
                CircuitFile.Write(circuit)
            );
        }

        double compared = slice.Sizes.ComparePercent;
        Circuit other = StudyCircuits.Select(again, compared);
        CircuitQuality[] qualities = StudyCircuits.Evaluate(
            model,
            which,
            circuits,
            other,
            new CircuitMeasure(
                slice.Discover.Metric,
                slice.Discover.Batch,
                compared,
                slice.CircuitPairs,
                slice.Traps.Bos
            ),
            context
        );
        File.WriteAllBytes(context.OutputFile(EvaluateCircuitsFiles.EvaluationName), StageJson.Write(qualities));
        Circuit own = circuits.Single(row => row.Percent == compared).Circuit;
        RetrainedDiff[] diffs =
        [
            .. Others(which)
                .Select(before =>
                    Diff(before.Label, CircuitFile.Read(context.Inputs[CircuitOf(before, compared)]), own)
                ),
            Diff(which.Label, own, other),
        ];
        File.WriteAllBytes(context.OutputFile(RediscoverCircuitsFiles.DiffsName), StageJson.Write(diffs));

        EdgeScores Score(string pairs, string name)
        {
            EdgeScores found = slice.Discover.Score(model, which, pairs, slice.Traps, context);
            File.WriteAllBytes(context.OutputFile(name), ScoresFile.Write(found));
            return found;
        }

        RetrainedDiff Diff(string before, Circuit one, Circuit two) =>
            new(before, which.Label, CircuitDiff.Between(one, two).Summary);
    }

    // The base model, and the last checkpoint of LoRA.
    private static StudyModel[] Others(StudyModel model) =>
        [new(model.Task, model.Base, 0), new(model.Task, model.Base, model.Step)];

    private static ItemInput CircuitOf(StudyModel model, double percent) =>
        SelectCircuitsFiles.CircuitOf(model, PairSets.First, percent);

    private sealed record Slice(
        string? Task,
        int Base,
        int Step,
        string Method,
        Sets Pairs,
        EdgeSearch Discover,
        Sizes Sizes,
        string? CircuitPairs,
        CircuitTraps Traps
    );

    private sealed record Sets(string First, string Second);

    private sealed record Sizes(double[] EdgesPercent, double ComparePercent);
}
