namespace CircuitPipeline.Experiments;

/// <summary>What the runner must know of the tensor engine, so that the runner itself needs none.</summary>
public interface IEngine
{
    /// <summary>Says what computes on a device; called once, and only when an item that uses the engine is decided.</summary>
    /// <param name="device">The device, <c>cpu</c> or <c>cuda</c>.</param>
    /// <exception cref="InvalidExperimentException">This machine has no such device.</exception>
    EngineFacts Describe(string device);

    /// <summary>Prepares the calling thread for one job.</summary>
    /// <param name="device">The device the job computes on.</param>
    /// <param name="threads">How many threads the job may use.</param>
    void Prepare(string device, int threads);
}
