using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Report;

/// <summary>How many pairs the target's sets have: those of a file, or those that are drawn.</summary>
internal sealed record SetSizes(int Train, int Validation, int Circuit, int CircuitAgain, int Test)
{
    internal static SetSizes Of(ExperimentSpec spec, ImportReport? imports)
    {
        return new SetSizes(
            Size("train", spec.Splits?.Train),
            Size("validation", spec.Splits?.Validation),
            Size("circuit", spec.Splits?.Circuit),
            Size("circuit_again", spec.Splits?.Circuit),
            Size("test", spec.Splits?.Test)
        );

        int Size(string set, int? drawn) =>
            imports?.Sets.FirstOrDefault(rows => rows.Set == set)?.Usable ?? drawn!.Value;
    }
}
