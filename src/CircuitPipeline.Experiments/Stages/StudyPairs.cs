using CircuitPipeline.Attribution;
using CircuitPipeline.Prompts;

namespace CircuitPipeline.Experiments;

/// <summary>The sets of prompt pairs that circuits are found and measured with, by the names of their files.</summary>
internal static class StudyPairs
{
    /// <summary>The target's pairs that circuits are found with.</summary>
    internal const string First = "circuit-1";

    /// <summary>As many others, to measure circuits on and to find them again with.</summary>
    internal const string Second = "circuit-2";

    /// <summary>Products and quotients.</summary>
    internal const string MulDiv = "mul-div";

    /// <summary>Expressions of two steps, which compose sums with products.</summary>
    internal const string TwoStep = "two-step";

    internal static ItemInput Input(string pairs) =>
        new(
            GenerateDataStage.StageName,
            pairs is MulDiv or TwoStep ? GenerateDataStage.OtherTasksItem : GenerateDataStage.TargetItem,
            GenerateDataStage.SplitFile(pairs)
        );

    internal static EncodedPairs Read(WorkItemContext context, string pairs, Vocabulary vocabulary) =>
        EncodedPairs.Of(PromptPairFile.Read(context.Inputs[Input(pairs)], vocabulary), vocabulary);
}
