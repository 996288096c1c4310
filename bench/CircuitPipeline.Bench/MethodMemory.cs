using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using static TorchSharp.torch;

namespace CircuitPipeline.Bench;

/// <summary>Peak resident memory of every attribution method in several families, at a shape where activations outweigh the weights, against the declared bounds.</summary>
internal static class MethodMemory
{
    internal const string OfOne = "method-memory-of";

    private const int Length = 32;

    private static readonly string[] Families = ["gpt_neox", "llama", "gemma2", "olmo2"];

    /// <summary>Every case in a process of its own: what one leaves to the allocator is not the next one's.</summary>
    internal static void Run(TextWriter output, string dtype)
    {
        foreach (string family in Families)
        {
            foreach (string method in AttributionMethods.Names)
            {
                output.Write(OwnProcess.Output(OfOne, family, method, dtype));
            }
        }
    }

    internal static void RunOne(TextWriter output, string family, string method, string dtype)
    {
        using Generator random = new(1);
        TransformerConfig config = Of(family);
        ScalarType type = Enum.Parse<ScalarType>(dtype);
        using Transformer model = TransformerFactory.Create(config, random, dtype: type);
        int batch = method switch
        {
            ExactPatching.Name => 64,
            EapIgInputs.Name or EapIgActivations.Name => 80,
            CleanCorrupted.Name => 200,
            _ => 400,
        };
        EncodedPairs pairs = RandomPairs.Unrelated(batch, Length, config.DVocab);
        AttributionMethod known = AttributionMethods.Named(method);
        IEdgeAttribution attribution = AttributionMethods.Create(
            method,
            new AttributionOptions { Steps = known.TakesSteps ? EapIg.Steps : null, Seed = known.TakesSeed ? 1 : null },
            batch,
            TimeProvider.System
        );
        MemoryBound bound = MemoryBound.Of(method, EapIg.Steps, config, type, Length, Metrics.LogitDifference);
        double built = PeakMemory.Now();
        PeakMemory.ResetPeak();
        double seconds = Measure.Seconds(() => attribution.Attribute(model, pairs, Metrics.LogitDifference));
        double peak = PeakMemory.Peak();
        double added = peak - built;
        double declared = (double)batch * bound.BytesPerExample;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{family}, {method}, {dtype}, batch {batch}: peak {peak / 1e9:F2} GB, declared {bound.Bytes(batch) / 1e9:F2} GB ({bound.Bytes(batch) / peak:F2}); "
                    + $"above the model {added / 1e9:F3} GB, declared {declared / 1e9:F3} GB ({declared / added:F2}); {seconds:F1} s"
            )
        );
    }

    private static TransformerConfig Of(string family)
    {
        TransformerConfig shape = new()
        {
            Architecture = Architecture.Llama,
            NLayers = 4,
            NHeads = 4,
            DModel = 128,
            DMlp = 512,
            DVocab = 4096,
            NCtx = 128,
            RotaryPercent = 1,
            Activation = Activation.Silu,
            QueryKeyValueBias = false,
            AttentionOutputBias = false,
            MlpBias = false,
        };
        return family switch
        {
            "gpt_neox" => shape with
            {
                Architecture = Architecture.GptNeoX,
                RotaryPercent = 0.25,
                ParallelBlocks = true,
                Activation = Activation.Gelu,
                QueryKeyValueBias = true,
                AttentionOutputBias = true,
                MlpBias = true,
            },
            "llama" => shape with { NKeyValueHeads = 2 },
            "gemma2" => shape with
            {
                Architecture = Architecture.Gemma2,
                NKeyValueHeads = 2,
                HeadWidth = 64,
                TiedEmbeddings = true,
                Activation = Activation.GeluTanh,
                AttentionSoftCap = 50,
                LogitSoftCap = 30,
                AttentionDivisor = 16,
                Window = new SlidingWindow(8, [true, false, true, false]),
            },
            "olmo2" => shape with { Architecture = Architecture.Olmo2 },
            _ => throw new ArgumentOutOfRangeException(nameof(family)),
        };
    }
}
