using System.Globalization;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.Training;
using static TorchSharp.torch;

namespace CircuitPipeline.Bench;

/// <summary>Several adapters of the default study's fine-tuning trained in one pass, against the same one after the other.</summary>
internal static class StackedSteps
{
    private const int Steps = 20;
    private const int Batch = 64;
    private const int Rank = 4;

    internal static void Run(TextWriter output)
    {
        foreach (int runs in (int[])[2, 4, 8])
        {
            Run(output, runs);
        }
    }

    private static void Run(TextWriter output, int count)
    {
        Vocabulary vocabulary = Vocabulary.ForNumbers(TrainingStep.MaxNumber);
        using Generator random = new(1);
        using Transformer model = TransformerFactory.Create(TrainingStep.Config(vocabulary), random);
        using TrainingRows rows = TrainingRows.OfPrompts(
            EncodedPairs.Of([.. FineTuningStep.Prompts(Steps * Batch)], vocabulary),
            CPU
        );
        TrainingOptions options = new()
        {
            Steps = Steps,
            Batch = Batch,
            LearningRate = 1e-3,
            Schedule = _ => 1,
        };
        LoraAdapter[] adapters =
        [
            .. Enumerable.Range(0, count).Select(_ => LoraAdapter.Detached(model, _ => Rank, 2, random)),
        ];
        StackedRun[] runs =
        [
            .. adapters.Select((adapter, number) => new StackedRun(adapter, rows, new SeededRandom(number))),
        ];
        using IDisposable kept = FreedMemory.Keep(); // as in a study
        double alone = 0;
        (double together, _) = Measure.BesideProducts(
            7,
            () => new StackedTrainer(options, TimeProvider.System).Train(model, runs, (_, _) => { }, default),
            () => TrainOneByOne(model, options, rows, count),
            seconds => alone = seconds
        );
        foreach (LoraAdapter adapter in adapters)
        {
            adapter.Dispose();
        }

        double tokens = (double)count * Steps * Batch * rows.Length;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{count} adapters in one pass: {tokens / together:N0} tokens/s, one after the other {tokens / alone:N0}: {alone / together:F2} times"
            )
        );
    }

    private static void TrainOneByOne(Transformer model, TrainingOptions options, TrainingRows rows, int count)
    {
        for (int run = 0; run < count; run++)
        {
            using Generator random = new((ulong)run);
            using LoraAdapter adapter = LoraAdapter.Attach(model, _ => Rank, 2, random);
            new Trainer(options, TimeProvider.System).Train(
                model,
                adapter.Parameters,
                rows,
                new SeededRandom(run),
                _ => { },
                default
            );
        }
    }
}
