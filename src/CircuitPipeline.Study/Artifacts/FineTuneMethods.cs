using CircuitPipeline.Study.Runs;
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

    /// <summary>LoRA with ranks by the change of the union of its parts' circuits; only of a task that is composed of two others.</summary>
    internal const string CircuitLoraUnion = "circuit-lora-union";

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
    internal static IReadOnlyList<string> All { get; } =
    [Lora, CircuitLora, CircuitLoraUnion, RandomLora, Full, .. OfTheField];

    /// <summary>Those of a study, in the order above.</summary>
    internal static IEnumerable<string> Of(ExperimentSpec spec) =>
        spec.Methods is { } named ? All.Where(named.Contains) : Default;

    /// <summary>Those that a task is fine-tuned by: all of the study but what only a composed task can be.</summary>
    internal static IEnumerable<string> Of(ExperimentSpec spec, StudyTask task) =>
        Of(spec).Where(method => method != CircuitLoraUnion || IsComposed(spec, task));

    /// <summary>Those whose ranks are planned.</summary>
    internal static IEnumerable<string> Planned(ExperimentSpec spec, StudyTask task) => Of(spec, task).Where(IsPlanned);

    /// <summary>Whether a task is planned from the circuits of its parts too.</summary>
    internal static bool IsComposed(ExperimentSpec spec, StudyTask task) =>
        task.Name is not null && task.Name == spec.ComposedTasks?[^1];

    /// <summary>Whether a method's ranks are planned.</summary>
    internal static bool IsPlanned(string method) => method is Lora or CircuitLora or CircuitLoraUnion or RandomLora;
}
