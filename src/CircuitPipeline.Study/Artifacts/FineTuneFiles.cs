using CircuitPipeline.Circuits.Adapters;
using CircuitPipeline.Training.Adapters;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>The files of a fine-tuning run beside its measurements.</summary>
internal static class FineTuneFiles
{
    internal const string StageName = "FineTune";

    /// <summary>The adapter after a step.</summary>
    internal static string AdapterFile(int step) => $"{CheckpointFolder(step)}/{PeftFolder.WeightsFile}";

    /// <summary>What the adapter after a step is: its ranks, and which maps it changes.</summary>
    internal static string AdapterConfigFile(int step) => $"{CheckpointFolder(step)}/{PeftAdapterConfig.FileName}";

    /// <summary>The folder of a checkpoint's adapter, as PEFT loads it.</summary>
    internal static string CheckpointFolder(int step) => $"checkpoint-{step}";
}
