using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Training;
using static TorchSharp.torch;

namespace CircuitPipeline.Bench;

/// <summary>Steps of the default study's pretraining, against the floor of their matrix products.</summary>
internal static class TrainingStep
{
    private const int Steps = 10;
    private const int Batch = 128;
    internal const int MaxNumber = 140;

    internal static double Run(TextWriter output)
    {
        Vocabulary vocabulary = Vocabulary.ForNumbers(MaxNumber);
        TransformerConfig config = Config(vocabulary);
        using Generator random = new(1);
        using Transformer model = TransformerFactory.Create(config, random);
        using TrainingRows rows = TrainingRows.OfCorpus(Lines(vocabulary), CPU);
        return StepMeasure.Run(
            output,
            "training step",
            "",
            Steps,
            Batch,
            (model, model.parameters(), rows),
            FlopsPerToken(config, rows.Length)
        );
    }

    /// <summary>Multiplications of one forward pass.</summary>
    internal static double ProductsPerToken(TransformerConfig config, int pos)
    {
        double weights =
            config.NLayers * (4.0 * config.DModel * config.DModel + 2.0 * config.DModel * config.DMlp)
            + (double)config.DModel * config.DVocab;
        double attention = config.NLayers * 2.0 * pos * config.DModel;
        return weights + attention;
    }

    internal static TransformerConfig Config(Vocabulary vocabulary) =>
        new()
        {
            Architecture = Architecture.GptNeoX,
            NLayers = 6,
            NHeads = 4,
            DModel = 64,
            DMlp = 256,
            DVocab = vocabulary.Count,
            NCtx = 32,
            ParallelBlocks = true,
            RotaryPercent = 0.25,
        };

    // Forward and backward are three products for each of a weight's; attention's own products come on top.
    private static double FlopsPerToken(TransformerConfig config, int pos) => 3 * 2 * ProductsPerToken(config, pos);

    private static Corpus Lines(Vocabulary vocabulary) =>
        CorpusGenerator.Generate(
            new CorpusSpec
            {
                MaxNumber = MaxNumber,
                Lines = Steps * Batch,
                SmallLimit = 24,
                LargeShare = 0.15,
                Weights = new CorpusWeights
                {
                    Sequences = 3,
                    Maximum = 1,
                    Digits = 1,
                    AddSubSmall = 3,
                    AddSubLarge = 0.7,
                    MulDiv = 1.3,
                    TwoStep = 0.5,
                },
            },
            vocabulary,
            new SeededRandom(0)
        );
}
