using System.Collections.Concurrent;
using CircuitPipeline.Study.Engine;
using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.Tensors.Loading;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Study.Estimates;

/// <summary>How fast a device multiplies matrices, which most of a study's time is.</summary>
internal static class ProductRate
{
    // Of one core of a usual processor, where nothing can be measured.
    private const double Usual = 4e10;
    private const int Size = 512;
    private const int Rounds = 3;

    // The studies of a matrix are measured alike.
    private static readonly ConcurrentDictionary<(string Device, int Threads), double> Known = new();
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(50);

    /// <summary>Multiplies for a sixth of a second, of which the fastest third counts; without a libtorch or the device it is guessed, since nothing is to run yet.</summary>
    /// <param name="device">The device.</param>
    /// <param name="threads">Threads of a work item.</param>
    /// <param name="time">The clock.</param>
    /// <returns>Operations a second in float32, two for each product of two numbers.</returns>
    internal static double Measure(string device, int threads, TimeProvider time) =>
        Known.GetOrAdd((device, threads), _ => Found(device, threads, time));

    private static double Found(string device, int threads, TimeProvider time)
    {
        try
        {
            LibTorchLoader.Load();
        }
        catch (LibTorchNotLoadedException)
        {
            return Usual * threads;
        }

        return device == Devices.Cuda && !cuda.is_available() ? Usual * threads : Measured(device, threads, time);
    }

    private static double Measured(string device, int threads, TimeProvider time)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        GuardedCalls.UseThreads(threads);
        Tensor matrix = ones([Size, Size], device: torch.device(device));
        _ = matrix.mm(matrix)[0, 0].cpu().item<float>(); // loads the code
        double fastest = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long start = time.GetTimestamp();
            int products = 0;
            do
            {
                using Tensor product = matrix.mm(matrix);
                _ = product[0, 0].cpu().item<float>(); // waits for the device
                products++;
            } while (time.GetElapsedTime(start) < Long);

            fastest = Math.Max(fastest, products * 2.0 * Size * Size * Size / time.GetElapsedTime(start).TotalSeconds);
        }

        return fastest;
    }
}
