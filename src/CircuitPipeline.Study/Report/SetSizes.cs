using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Report;

/// <summary>How many pairs the target's sets have: those of a file, or those that are drawn.</summary>
internal sealed record SetSizes(int Train, int Validation, int Circuit, int CircuitAgain, int Test)
{
    internal static SetSizes Of(ExperimentSpec spec, ImportReport? imports)
    {
        return new SetSizes(
            Size(PairSets.Train, spec.Splits?.Train),
            Size(PairSets.Validation, spec.Splits?.Validation),
            Size(PairSets.First, spec.Splits?.Circuit),
            Size(PairSets.Second, spec.Splits?.Circuit),
            Size(PairSets.Test, spec.Splits?.Test)
        );

        int Size(string set, int? drawn) =>
            imports?.Sets.FirstOrDefault(rows => rows.Set == PairsSpec.KeyOf(set))?.Usable ?? drawn!.Value;
    }
}
