using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Training;
using static TorchSharp.torch;

namespace CircuitPipeline.Bench;

/// <summary>Steps of the default study's fine-tuning with uniform LoRA, against the floor of their matrix products.</summary>
internal static class FineTuningStep
{
    private const int Steps = 20;
    private const int Batch = 64;
    private const int Rank = 4;

    internal static double Run(TextWriter output)
    {
        Vocabulary vocabulary = Vocabulary.ForNumbers(TrainingStep.MaxNumber);
        TransformerConfig config = TrainingStep.Config(vocabulary);
        using Generator random = new(1);
        using Transformer model = TransformerFactory.Create(config, random);
        using LoraAdapter adapter = LoraAdapter.Attach(model, _ => Rank, 2, random);
        using TrainingRows rows = TrainingRows.OfPrompts(EncodedPairs.Of([.. Prompts(Steps * Batch)], vocabulary), CPU);
        return StepMeasure.Run(
            output,
            "fine-tuning step",
            $" ({Batch} rows of {rows.Length} tokens, rank {Rank})",
            Steps,
            Batch,
            (model, adapter.Parameters, rows),
            FlopsPerToken(config, rows.Length, adapter.ParameterCount)
        );
    }

    internal static IEnumerable<PromptPair> Prompts(int count)
    {
        SeededRandom random = new(1);
        for (int i = 0; i < count; i++)
        {
            int first = random.Between(0, 60);
            int second = random.Between(0, 60);
            yield return new PromptPair(
                $"calc {first} + {second} =",
                $"calc {first} + {second} =",
                $"{first + second}",
                "0"
            );
        }
    }

    // Two products for a frozen weight, which has no gradient of its own, and three for a trained one.
    private static double FlopsPerToken(TransformerConfig config, int pos, long trained) =>
        2 * 2 * TrainingStep.ProductsPerToken(config, pos) + 3 * 2 * (double)trained;
}
