using System.Collections.Immutable;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Reporting.Results;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Report;

/// <summary>What each base model says to the questions about circuits.</summary>
internal static class EvidenceResults
{
    /// <summary>How the circuits of a task changed, of each base model.</summary>
    internal static ImmutableArray<BaseEvidence> OfTask(ExperimentSpec spec, ReportFiles files) =>
        [
            .. Enumerable
                .Range(0, spec.Seeds.Bases)
                .Select(number => new BaseEvidence(
                    ItemNames.Base(number),
                    CircuitResults.Changes(spec, files, number).LastOrDefault(change => change.Floors.Length > 0),
                    null
                )),
        ];

    /// <summary>The same evidence with how close the union of the parts' circuits is, where there is a composition.</summary>
    internal static ImmutableArray<BaseEvidence> WithUnions(
        ExperimentSpec spec,
        WorkItemContext context,
        ImmutableArray<BaseEvidence> evidence
    )
    {
        if (!ReportInputs.Composes(spec))
        {
            return evidence;
        }

        ReportFiles files = new(spec, StudyTask.Trained(spec).First(), context);
        int graphEdges = new ComputationGraph(files.Shape).EdgeCount;
        return
        [
            .. Enumerable
                .Range(0, spec.Seeds.Bases)
                .Select(number => new BaseEvidence(
                    ItemNames.Base(number),
                    evidence.FirstOrDefault(one => one.Base == ItemNames.Base(number))?.Change,
                    Overlap(files.Composition(number), Floor(spec, context, number), graphEdges)
                )),
        ];
    }

    // The first row is the union's, the others are its parts'.
    private static UnionOverlap Overlap(CompositionMeasure[] rows, double? floor, int graphEdges)
    {
        ChangeCounts union = rows[0].Edges;
        ChanceOverlap chance = new(graphEdges, union.Removed + union.Shared, union.Added + union.Shared);
        return new UnionOverlap(
            union.Jaccard ?? 1,
            rows.Skip(1).Max(part => part.Edges.Jaccard ?? 1),
            floor,
            chance.Jaccard ?? 1
        );
    }

    // The composed task's circuit has one from other pairs where the model is fine-tuned on it too.
    private static double? Floor(ExperimentSpec spec, WorkItemContext context, int number) =>
        spec.ComposedTasks is [.., var whole] && StudyTask.Trained(spec).Contains(new StudyTask(whole))
            ? new ReportFiles(spec, new StudyTask(whole), context)
                .Diffs(number)
                .Where(diff => diff.IsFloor && diff.AfterStep == 0)
                .Select(diff => diff.Change.Edges.Jaccard)
                .FirstOrDefault()
            : null;
}
