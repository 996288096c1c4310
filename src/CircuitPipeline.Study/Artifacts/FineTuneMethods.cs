using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>The ways of fine-tuning that a study compares, as items and reports name them.</summary>
internal static class FineTuneMethods
{
    /// <summary>LoRA of the same rank everywhere.</summary>
    internal const string Lora = "lora";

    /// <summary>LoRA with ranks by the change of the circuits.</summary>
    internal const string CircuitLora = "circuit-lora";

    /// <summary>LoRA with as many larger ranks at layers drawn by chance.</summary>
    internal const string RandomLora = "random-lora";

    /// <summary>All weights.</summary>
    internal const string Full = "full";

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<string> All { get; } = [Lora, CircuitLora, RandomLora, Full];

    /// <summary>Those of a study, in the order above.</summary>
    internal static IEnumerable<string> Of(ExperimentSpec spec) =>
        All.Where(method => spec.Methods?.Contains(method) ?? true);

    /// <summary>Those of a study that are adapters.</summary>
    internal static IEnumerable<string> Adapters(ExperimentSpec spec) => Of(spec).Where(method => method != Full);
}
