namespace CircuitPipeline.Study.Artifacts;

/// <summary>The files of a base model beside its checkpoint.</summary>
internal static class PretrainFiles
{
    internal const string StageName = "Pretrain";

    /// <summary>Where a model is from that was not trained here; only of such.</summary>
    internal const string OriginName = "origin.json";
}
