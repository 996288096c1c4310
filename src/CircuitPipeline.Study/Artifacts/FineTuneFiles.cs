namespace CircuitPipeline.Study.Artifacts;

/// <summary>The files of a fine-tuning run beside its measurements.</summary>
internal static class FineTuneFiles
{
    internal const string StageName = "FineTune";

    /// <summary>The adapter after a step.</summary>
    internal static string AdapterFile(int step) => $"adapter-{step}.safetensors";
}
