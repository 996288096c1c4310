using System.Globalization;
using CircuitPipeline.Circuits;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Training;
using static TorchSharp.torch;

namespace CircuitPipeline.Bench;

/// <summary>Steps of the default study's fine-tuning with uniform LoRA, against the floor of their matrix products.</summary>
internal static class FineTuningStep
{
    private const int Steps = 20;
    private const int Batch = 64;
    private const int Rank = 4;

    internal static void Run(TextWriter output)
    {
        Vocabulary vocabulary = Vocabulary.ForNumbers(TrainingStep.MaxNumber);
        TransformerConfig config = TrainingStep.Config(vocabulary);
        using Generator random = new(1);
        using Transformer model = TransformerFactory.Create(config, random);
        using LoraAdapter adapter = LoraAdapter.Attach(model, _ => Rank, 2, random);
        using TrainingRows rows = TrainingRows.OfPrompts([.. Prompts()], vocabulary, CPU);
        Trainer trainer = new(
            new TrainingOptions
            {
                Steps = Steps,
                Batch = Batch,
                LearningRate = 1e-3,
                Schedule = _ => 1,
            },
            TimeProvider.System
        );

        (double seconds, double rate) = Measure.BesideProducts(
            9,
            () => trainer.Train(model, adapter.Parameters, rows, new SeededRandom(1), _ => { }, default)
        );

        double tokens = (double)Steps * Batch * rows.Length;
        double floor = tokens * FlopsPerToken(config, rows.Length, adapter.ParameterCount);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"fine-tuning step: {seconds / Steps * 1e3:F1} ms, {tokens / seconds:N0} tokens/s ({Batch} rows of {rows.Length} tokens, rank {Rank}); "
                    + $"floor {floor / Steps / 1e9:F2} GFLOP; products run at {rate / 1e9:F0} GFLOP/s; floor / (time x rate) = {floor / (seconds * rate):F2}"
            )
        );
    }

    // Two products for a frozen weight, which has no gradient of its own, and three for a trained one.
    private static double FlopsPerToken(TransformerConfig config, int pos, long trained) =>
        2 * 2 * TrainingStep.ProductsPerToken(config, pos) + 3 * 2 * (double)trained;

    private static IEnumerable<PromptPair> Prompts()
    {
        SeededRandom random = new(1);
        for (int i = 0; i < Steps * Batch; i++)
        {
            int first = random.Between(0, 60);
            int second = random.Between(0, 60);
            yield return new PromptPair($"calc {first} + {second} =", $"calc {first} + {second} =", $"{first + second}", "0");
        }
    }
}
