using CircuitPipeline.Study.Engine;
using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.Tensors.Loading;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Study.Estimates;

/// <summary>How fast a device multiplies matrices, which most of a study's time is; measured once for all studies that are opened together.</summary>
/// <param name="device">The device.</param>
/// <param name="time">The clock.</param>
internal sealed class ProductRate(string device, TimeProvider time)
{
    // Of one core of a usual processor, where nothing can be measured.
    private const double Usual = 4e10;
    private const int Size = 512;
    private const int Rounds = 3;

    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(50);
    private readonly Dictionary<int, double> _byThreads = [];

    /// <summary>Multiplies for a sixth of a second, of which the fastest third counts; without a libtorch or the device it is guessed, since nothing is to run yet.</summary>
    /// <param name="threads">Threads of a work item.</param>
    /// <returns>Operations a second in float32, two for each product of two numbers.</returns>
    internal double With(int threads)
    {
        if (!_byThreads.TryGetValue(threads, out double rate))
        {
            _byThreads.Add(threads, rate = Found(threads));
        }

        return rate;
    }

    private double Found(int threads)
    {
        try
        {
            LibTorchLoader.Load();
        }
        catch (LibTorchNotLoadedException)
        {
            return Usual * threads;
        }

        return device == Devices.Cuda && !cuda.is_available() ? Usual * threads : Measured(threads);
    }

    private double Measured(int threads)
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
