using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using static TorchSharp.torch;

namespace CircuitPipeline.Bench;

/// <summary>Peak resident memory of EAP-IG, and of circuit evaluation, at Pythia's shapes, against the declared bounds.</summary>
internal static class PeakMemory
{
    internal const string OfOne = "memory-of";

    private const string Circuits = "circuits";

    private static readonly string[] Prompts = ["short", "shared", "long", Circuits];

    /// <summary>Every case in a process of its own: what one leaves to the allocator is not the next one's.</summary>
    internal static void Run(TextWriter output, string[] sizes)
    {
        foreach (string size in sizes)
        {
            foreach (string prompts in Prompts)
            {
                output.Write(OwnProcess.Output(OfOne, size, prompts));
            }
        }
    }

    internal static void RunOne(TextWriter output, string size, string prompts)
    {
        using Transformer model = PythiaShapes.Create(size);
        int batch = size is "1.4b" ? 2 : 8;
        EncodedPairs pairs = prompts switch
        {
            "short" or Circuits => RandomPairs.Unrelated(2 * batch, EapIg.Length),
            "long" => RandomPairs.Unrelated(2 * batch, 4 * EapIg.Length),
            _ => RandomPairs.LikeAddSub(2 * batch),
        };
        int length = pairs[0].Clean.Length;
        double built = Peak();
        string what = $"{size}, {prompts} of {length}, batch {batch}";
        if (prompts == Circuits)
        {
            Measured(
                output,
                model,
                what,
                2 * batch,
                built,
                MemoryBound.OfCircuits(model.Config, model.Dtype, length).Bytes(batch),
                () => Evaluate(model, pairs, batch)
            );
        }
        else
        {
            Measured(
                output,
                model,
                what,
                2 * batch,
                built,
                MemoryBound.OfGradients(model.Config, model.Dtype, EapIg.Steps, length).Bytes(batch),
                () => EapIg.Method(batch).Attribute(model, pairs, Metrics.LogitDifference)
            );
        }
    }

    // Every second edge: as many are patched as are kept.
    private static void Evaluate(Transformer model, EncodedPairs pairs, int batch)
    {
        ComputationGraph graph = new(model.Config);
        Circuit circuit = new(
            graph,
            Enumerable.Range(0, graph.EdgeCount / 2).Select(edge => 2 * edge),
            SelectionOrigin.Unknown(graph.EdgeCount / 2)
        );
        new CircuitEvaluator(batch, TimeProvider.System).Evaluate(model, circuit, pairs, Metrics.LogitDifference);
    }

    private static void Measured(
        TextWriter output,
        Transformer model,
        string what,
        int examples,
        double built,
        long bound,
        Action run
    )
    {
        ResetPeak();
        long before = Tensor.TotalCount;
        double seconds = Measure.Seconds(run);
        double peak = Peak();
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"memory: {what}: peak {peak / 1e9:F2} GB, declared {bound / 1e9:F2} GB ({peak / bound:F2}); "
                    + $"{built / 1e9:F2} GB while built, weights {4.0 * model.ParameterCount / 1e9:F2} GB; {seconds / examples:F2} s per example; "
                    + $"{Tensor.TotalCount - before} more tensors after than before"
            )
        );
    }

    /// <summary>Linux: forgets the largest resident set of this process.</summary>
    internal static void ResetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    /// <summary>Linux: the largest resident set since the last reset, in bytes.</summary>
    internal static double Peak() => Resident("VmHWM");

    /// <summary>Linux: the resident set, in bytes.</summary>
    internal static double Now() => Resident("VmRSS");

    private static double Resident(string field)
    {
        string line = File.ReadLines("/proc/self/status")
            .First(line => line.StartsWith(field, StringComparison.Ordinal));
        return 1024
            * double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
