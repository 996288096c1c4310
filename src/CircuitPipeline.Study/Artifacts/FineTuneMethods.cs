using CircuitPipeline.Study.Spec;
using CircuitPipeline.Training.Methods;

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

    /// <summary>Those of a study that names none.</summary>
    internal static IReadOnlyList<string> Default { get; } = [Lora, CircuitLora, RandomLora, Full];

    /// <summary>The methods of the field beside LoRA, at the uniform rank.</summary>
    internal static IReadOnlyList<string> OfTheField { get; } =
    [RsLora.Name, Dora.Name, AdaLora.Name, Pissa.Name, Ia3.Name];

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<string> All { get; } = [.. Default, .. OfTheField];

    /// <summary>Those of a study, in the order above.</summary>
    internal static IEnumerable<string> Of(ExperimentSpec spec) =>
        spec.Methods is { } named ? All.Where(named.Contains) : Default;

    /// <summary>Those of a study whose ranks are planned.</summary>
    internal static IEnumerable<string> Planned(ExperimentSpec spec) => Of(spec).Where(IsPlanned);

    /// <summary>Whether a method's ranks are planned.</summary>
    internal static bool IsPlanned(string method) => method is Lora or CircuitLora or RandomLora;
}
