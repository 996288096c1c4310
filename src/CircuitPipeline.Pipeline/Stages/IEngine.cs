using CircuitPipeline.Pipeline.Errors;

namespace CircuitPipeline.Pipeline.Stages;

/// <summary>What the runner must know of the tensor engine, so that the runner itself needs none.</summary>
public interface IEngine
{
    /// <summary>Says what computes; called once, and only when an item that uses the engine is decided.</summary>
    /// <param name="settings">What will be computed with; the numerics are fixed by this call.</param>
    /// <exception cref="InvalidExperimentException">This machine or this process cannot compute with these settings.</exception>
    EngineFacts Describe(EngineSettings settings);

    /// <summary>Prepares the calling thread for one job.</summary>
    /// <param name="settings">What the job computes with.</param>
    void Prepare(EngineSettings settings);
}
