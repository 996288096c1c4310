using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Prompts.PromptPairs;
using static TorchSharp.torch;

namespace CircuitPipeline.Bench;

/// <summary>Loading, attribution and evaluation at published models' shapes with random weights, each against the weights and the product rate.</summary>
internal static class FamilyShapes
{
    internal const string OfOne = "family-of";

    private const string Circuits = "circuits";

    private const int Batch = 2;

    internal static void Run(TextWriter output, string[] names)
    {
        foreach (string name in names)
        {
            output.Write(OwnProcess.Output(OfOne, name));
        }
    }

    internal static void RunOne(TextWriter output, string name)
    {
        TransformerConfig config = Of(name);
        string folder = Directory.CreateTempSubdirectory("circuit-bench").FullName;
        try
        {
            using (Transformer random = PythiaShapes.Create(config))
            {
                Checkpoint.Save(
                    random,
                    Path.Combine(folder, Checkpoint.WeightsFile),
                    Path.Combine(folder, Checkpoint.ConfigFile)
                );
            }

            // In processes that have held no model yet.
            output.Write(OwnProcess.Output(OfOne, name, folder, "attribution"));
            output.Write(OwnProcess.Output(OfOne, name, folder, Circuits));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    internal static void RunLoaded(TextWriter output, string name, string folder, string what)
    {
        double empty = PeakMemory.Peak();
        Transformer? loaded = null;
        double seconds = Measure.Seconds(() => loaded = Checkpoint.Load(folder, float32, CPU));
        using Transformer model = loaded!;
        double weights = 4.0 * model.ParameterCount;
        Line(
            output,
            $"{name}: loaded in {seconds:F1} s, {weights / seconds / 1e9:F2} GB/s; peak {(PeakMemory.Peak() - empty) / weights:F2} times the weights' {weights / 1e9:F2} GB, above the {empty / 1e9:F2} GB of the empty process"
        );

        EncodedPairs pairs = RandomPairs.Unrelated(Batch, EapIg.Length);
        if (what != Circuits)
        {
            Timed(
                output,
                model,
                $"{name}: eap-ig-inputs, {EapIg.Steps} steps",
                MemoryBound.OfGradients(model.Config, model.Dtype, EapIg.Steps, EapIg.Length),
                () => EapIg.Method(Batch).Attribute(model, pairs, Metrics.LogitDifference)
            );
            return;
        }

        ComputationGraph graph = new(model.Config);
        int[] edges = [.. Enumerable.Range(0, graph.EdgeCount).Where(edge => edge % 20 == 0)];
        Circuit circuit = new(graph, edges, SelectionOrigin.Unknown(edges.Length));
        Timed(
            output,
            model,
            $"{name}: circuit of 5 % of {graph.EdgeCount:N0} edges",
            MemoryBound.OfCircuits(model.Config, model.Dtype, EapIg.Length),
            () =>
                new CircuitEvaluator(Batch, TimeProvider.System).Evaluate(
                    model,
                    circuit,
                    pairs,
                    Metrics.LogitDifference
                )
        );
    }

    private static void Timed(TextWriter output, Transformer model, string what, MemoryBound bound, Action work)
    {
        PeakMemory.ResetPeak();
        (double seconds, double rate) = Measure.BesideProducts(1, work);
        double peak = PeakMemory.Peak();
        double each = seconds / Batch;
        Line(
            output,
            $"{what}: {each:F2} s per example (length {EapIg.Length}, batch {Batch}), {each * rate / ForwardFlops(model.Config):F1} forward passes at the products' {rate / 1e9:F0} GFLOP/s; peak {peak / 1e9:F2} GB, declared {bound.Bytes(Batch) / 1e9:F2} GB, {peak / (4.0 * model.ParameterCount):F2} times the weights"
        );
    }

    // The products of one clean run: the blocks at every position, the unembedding at the last.
    private static double ForwardFlops(TransformerConfig config) =>
        2.0 * EapIg.Length * config.NLayers * config.LinearMaps.Sum(map => (double)map.Inputs * map.Outputs)
        + 2.0 * config.DModel * config.DVocab;

    private static void Line(TextWriter output, FormattableString line) =>
        output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static TransformerConfig Of(string name) =>
        name switch
        {
            "pythia-1.4b" => PythiaShapes.Of("1.4b"),
            "llama-3.2-1b" => Tied(Architecture.Llama, 16, 32, 8, 2048, 8192, 128_256) with
            {
                QueryKeyValueBias = false,
                RotaryBase = 500_000,
                RotaryScaling = new Llama3RotaryScaling(32, 1, 4, 8192),
            },
            "qwen2.5-0.5b" => Tied(Architecture.Qwen2, 24, 14, 2, 896, 4864, 151_936) with
            {
                RotaryBase = 1_000_000,
                NormEps = 1e-6,
            },
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };

    private static TransformerConfig Tied(
        Architecture architecture,
        int layers,
        int heads,
        int keys,
        int width,
        int hidden,
        int words
    ) =>
        new()
        {
            Architecture = architecture,
            NLayers = layers,
            NHeads = heads,
            NKeyValueHeads = keys,
            DModel = width,
            DMlp = hidden,
            DVocab = words,
            NCtx = 2048, // the rotation's table is not what is measured
            RotaryPercent = 1,
            Activation = Activation.Silu,
            TiedEmbeddings = true,
            AttentionOutputBias = false,
            MlpBias = false,
        };
}
