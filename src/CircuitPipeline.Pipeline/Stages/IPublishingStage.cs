namespace CircuitPipeline.Pipeline.Stages;

/// <summary>A stage whose results are shown beside the readable view; what it writes there is no artifact and has no key.</summary>
public interface IPublishingStage : IStage
{
    /// <summary>Writes what people look at. Is called at the end of every run of the stage, also when all was cached.</summary>
    /// <param name="shown">Where the results are, and what the run knows beyond them.</param>
    void Show(PublishContext shown);
}
