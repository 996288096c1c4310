using System.Collections.Immutable;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Reporting.Results;
using CircuitPipeline.Study.Artifacts;
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
        ReportFiles files,
        ImmutableArray<BaseEvidence> evidence
    ) =>
        !ReportInputs.Composes(spec)
            ? evidence
            :
            [
                .. Enumerable
                    .Range(0, spec.Seeds.Bases)
                    .Select(number => new BaseEvidence(
                        ItemNames.Base(number),
                        evidence.FirstOrDefault(one => one.Base == ItemNames.Base(number))?.Change,
                        Overlap(files.Composition(number))
                    )),
            ];

    // The first row is the union's, the others are its parts'.
    private static UnionOverlap Overlap(CompositionMeasure[] rows) =>
        new(rows[0].Edges.Jaccard ?? 1, rows.Skip(1).Max(part => part.Edges.Jaccard ?? 1));
}
