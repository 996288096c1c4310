namespace CircuitPipeline.Study.Artifacts;

/// <summary>The sets of prompt pairs that are trained on, and that circuits are found and measured with, by the names of their files.</summary>
internal static class PairSets
{
    /// <summary>The target's pairs to fine-tune on.</summary>
    internal const string Train = "train";

    /// <summary>The target's pairs for choices.</summary>
    internal const string Validation = "validation";

    /// <summary>The target's pairs that circuits are found with.</summary>
    internal const string First = "circuit-1";

    /// <summary>As many others, to measure circuits on and to find them again with.</summary>
    internal const string Second = "circuit-2";

    /// <summary>The target's pairs for reported accuracies.</summary>
    internal const string Test = "test";

    /// <summary>Products and quotients.</summary>
    internal const string MulDiv = "mul-div";

    /// <summary>Expressions of two steps, which compose sums with products.</summary>
    internal const string TwoStep = "two-step";

    /// <summary>The target's sets.</summary>
    internal static IReadOnlyList<string> OfTarget { get; } = [Train, Validation, First, Second, Test];

    /// <summary>The sets of the tasks that the target's circuit is composed with.</summary>
    internal static IReadOnlyList<string> OfOtherTasks { get; } = [MulDiv, TwoStep];
}
