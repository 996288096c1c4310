namespace CircuitPipeline.Study.Artifacts;

/// <summary>The stage that fine-tunes with planned ranks; its files are those of fine-tuning.</summary>
internal static class RetrainFiles
{
    internal const string StageName = "Retrain";
}
