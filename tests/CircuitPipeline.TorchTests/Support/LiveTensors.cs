using TorchSharp;

namespace CircuitPipeline.TorchTests;

internal static class LiveTensors
{
    /// <summary>
    /// How many tensors the process holds, without those that earlier tests have forgotten: the collector would find them
    /// while one counts.
    /// </summary>
    internal static long Count()
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return torch.Tensor.TotalCount;
    }
}
