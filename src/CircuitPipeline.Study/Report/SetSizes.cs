using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Report;

/// <summary>How many pairs the target's sets have: those of a file, or those that are drawn.</summary>
internal sealed record SetSizes(int Train, int Validation, int Circuit, int CircuitAgain, int Test)
{
    internal static SetSizes Of(ExperimentSpec spec, StudyTask task, ImportReport? imports)
    {
        SplitSpec? splits = spec.SplitsOf(task.Name);
        return new SetSizes(
            Size(PairSets.Train, splits?.Train),
            Size(PairSets.Validation, splits?.Validation),
            Size(PairSets.First, splits?.Circuit),
            Size(PairSets.Second, splits?.Circuit),
            Size(PairSets.Test, splits?.Test)
        );

        int Size(string set, int? drawn) =>
            imports?.Sets.FirstOrDefault(rows => rows.Set == PairsSpec.KeyOf(set))?.Usable ?? drawn!.Value;
    }
}
