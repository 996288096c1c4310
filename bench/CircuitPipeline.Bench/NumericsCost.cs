using System.Diagnostics;
using System.Globalization;
using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.Tensors.Reproducibility;
using static TorchSharp.torch;

namespace CircuitPipeline.Bench;

/// <summary>What reproducible numerics cost, by operation and by step: processes of both kinds in turn, one thread each.</summary>
internal static class NumericsCost
{
    internal const string OfOne = "numerics-of";
    private const int Rounds = 3;

    // Enough calls that the clock's own cost does not count.
    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(0.3);

    internal static void Run(TextWriter output)
    {
        Dictionary<string, (List<double> Fast, List<double> Reproducible)> times = [];
        for (int round = 0; round < Rounds; round++)
        {
            foreach (Numerics numerics in Enum.GetValues<Numerics>())
            {
                foreach ((string name, double seconds) in Child(numerics))
                {
                    (List<double> Fast, List<double> Reproducible) both = times.TryGetValue(
                        name,
                        out (List<double> Fast, List<double> Reproducible) known
                    )
                        ? known
                        : times[name] = ([], []);
                    (numerics == Numerics.Fast ? both.Fast : both.Reproducible).Add(seconds);
                }
            }
        }

        foreach ((string name, (List<double> fast, List<double> reproducible)) in times)
        {
            (double one, double other) = (Measure.Median(fast), Measure.Median(reproducible));
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"numerics: {name}: fast {one * 1e3:G4} ms, reproducible {other * 1e3:G4} ms, {other / one:F2} times as long"
                )
            );
        }
    }

    /// <summary>Times everything in this process and prints a line 'name TAB seconds' for each.</summary>
    internal static void RunOne(TextWriter output)
    {
        using (NewDisposeScope())
        {
            foreach ((string name, Func<Tensor> compute) in Operations())
            {
                Print(name, PerCall(compute));
            }
        }

        Print("step of pretraining, 128 rows", TrainingStep.Run(TextWriter.Null));
        Print("step of fine-tuning, 64 rows, rank 4", FineTuningStep.Run(TextWriter.Null));
        Print("EAP-IG, Pythia-160m, per example", EapIg.Run(TextWriter.Null));

        void Print(string name, double seconds) =>
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{seconds:R}"));
    }

    // The shapes of the default study: 128 rows of 11 tokens, 64 of 5.
    private static (string, Func<Tensor>)[] Operations()
    {
        (Tensor large, Tensor activations) = (randn(1024, 1024), randn(1408, 64));
        (Tensor up, Tensor down, Tensor hidden) = (randn(256, 64), randn(64, 256), randn(1408, 256));
        (Tensor few, Tensor a, Tensor b) = (randn(320, 64), randn(4, 64), randn(192, 4));
        (Tensor queries, Tensor keys) = (randn(512, 11, 16), randn(512, 16, 11));
        Tensor flat = rand(320_000);
        return
        [
            ("product 1024 x 1024 x 1024", () => large.mm(large)),
            ("linear 1408 x 64 -> 256", () => LinearProducts.Linear(activations, up)),
            ("linear 1408 x 256 -> 64", () => LinearProducts.Linear(hidden, down)),
            ("gradient of a weight, 256 x 1408 x 64", () => hidden.t().mm(activations)),
            ("LoRA's products, 320 x 64 -> 4 -> 192", () => nn.functional.linear(nn.functional.linear(few, a), b)),
            ("attention, 512 x 11 x 16 x 11", () => queries.bmm(keys)),
            ("gelu, 1408 x 256", () => nn.functional.gelu(hidden)),
            ("softmax, 1408 x 256", () => hidden.softmax(-1)),
            ("layer norm, 1408 x 64", () => nn.functional.layer_norm(activations, [64])),
            ("root, 320,000", () => flat.rsqrt().reciprocal_()),
        ];
    }

    private static double PerCall(Func<Tensor> compute)
    {
        compute().Dispose();
        List<double> seconds = [];
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < LeastTime; )
        {
            seconds.Add(Measure.Seconds(() => compute().Dispose()));
        }

        return Measure.Median(seconds);
    }

    private static IEnumerable<(string Name, double Seconds)> Child(Numerics numerics) =>
        OwnProcess
            .Output(OfOne, numerics.ToString())
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .Select(parts => (parts[0], double.Parse(parts[1], CultureInfo.InvariantCulture)));
}
