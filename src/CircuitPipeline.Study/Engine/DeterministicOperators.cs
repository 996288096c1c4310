using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Tensors.Reproducibility;
using CircuitPipeline.Training;
using CircuitPipeline.Training.Methods;
using TorchSharp;
using static TorchSharp.torch;
using ExternalException = System.Runtime.InteropServices.ExternalException;

namespace CircuitPipeline.Study.Engine;

/// <summary>Makes a device deterministic, and finds out before a study starts whether every operator of the house can be that there.</summary>
internal static class DeterministicOperators
{
    // Of the families that can be read, those that have all parts between them.
    private static TransformerConfig[] Configs =>
        [
            Config,
            Config with
            {
                Architecture = Architecture.Gpt2,
                ParallelBlocks = false,
                RotaryPercent = 0,
            },
            Config with
            {
                Architecture = Architecture.Qwen3,
                ParallelBlocks = false,
                NKeyValueHeads = 1,
                RotaryScaling = new LinearRotaryScaling(2),
                Activation = Activation.Silu,
            },
            Config with
            {
                Architecture = Architecture.Gemma2,
                ParallelBlocks = false,
                TiedEmbeddings = true,
                AttentionOutputBias = false,
                Window = new SlidingWindow(2, [true]),
                AttentionSoftCap = 50,
                LogitSoftCap = 30,
                Activation = Activation.GeluTanh,
            },
        ];

    private static TransformerConfig Config => TrialModel.Shape(layers: 1, heads: 2, width: 8);

    private static TrainingOptions Options =>
        new()
        {
            Steps = 1,
            Batch = 2,
            LearningRate = 1e-3,
            Schedule = _ => 1,
        };

    /// <summary>Turns deterministic algorithms on and does all that stages do with tensors, on a model of a few numbers.</summary>
    /// <param name="device">The device.</param>
    /// <exception cref="InvalidExperimentException">An operator has no deterministic form there; it is named.</exception>
    /// <exception cref="NumericsException">This libtorch cannot be told.</exception>
    internal static void Check(string device)
    {
        DeterministicAlgorithms.Enable();
        try
        {
            DoAll(torch.device(device));
        }
        catch (ExternalException refused) when (DeterministicAlgorithms.OperatorWithout(refused) is { } name)
        {
            throw NotDeterministic(name, device);
        }
    }

    internal static InvalidExperimentException NotDeterministic(string name, string device) =>
        new(
            $"'numerics' is 'reproducible', but libtorch's operator '{name}' has no deterministic form on '{device}'; "
                + "use '--numerics=fast' or '--device=cpu'."
        );

    private static void DoAll(Device device)
    {
        foreach (TransformerConfig config in Configs)
        {
            DoAll(config, device);
        }
    }

    private static void DoAll(TransformerConfig config, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new(1);
        using Transformer model = TransformerFactory.Create(config, random, device);
        EncodedPairs pairs = TrialModel.Pairs;
        using TrainingRows rows = TrainingRows.OfPrompts(EncodedPairs.Of([pairs[0], pairs[2]]), device); // of one length
        // Here through backward(), which throws: autograd.grad, which training and attribution use, would end the process.
        Tensor tokens = tensor([2L, 3L, 4L, 5L], [1, 4], device: device); // [batch, pos]
        Tensor targets = tensor([TrainingRows.NoTarget, 4L, 5L, 2L], device: device); // [batch * pos]
        nn.functional.cross_entropy(model.forward(tokens).flatten(0, 1), targets, ignore_index: TrainingRows.NoTarget)
            .backward();
        AdapterSettings settings = new()
        {
            RankOf = _ => 2,
            AlphaOverRank = 2,
            Steps = Options.Steps,
        };
        foreach (IAdapterMethod method in AdapterMethods.All)
        {
            using TrainedAdapter adapter = method.Attach(model, settings, random);
            new Trainer(Options, TimeProvider.System).Train(adapter, rows, new SeededRandom(1), _ => { }, default);
        }

        Metric[] metrics = [Metrics.LogitDifference, Metrics.ProbabilityDifference, Metrics.Kl(ReferenceRun.Corrupted)];
        EdgeScores? scores = null;
        foreach (AttributionMethod method in AttributionMethods.All)
        {
            foreach (Intervention? intervention in method.Interventions.Cast<Intervention?>().DefaultIfEmpty(null))
            {
                foreach (Metric metric in metrics)
                {
                    AttributionOptions options = new()
                    {
                        Intervention = intervention,
                        Seed = method.TakesSeed ? 1 : null,
                    };
                    scores = AttributionMethods
                        .Create(method.Name, options, batch: 2, TimeProvider.System)
                        .Attribute(model, pairs, metric);
                }
            }
        }

        Circuit circuit = new TopN(scores!.Graph.EdgeCount / 2).Select(scores);
        foreach (Intervention intervention in Enum.GetValues<Intervention>())
        {
            foreach (string metric in Metrics.Names)
            {
                new CircuitEvaluator(2, TimeProvider.System, intervention).Evaluate(
                    model,
                    circuit,
                    pairs,
                    Metrics.Named(metric)
                );
            }
        }
    }
}
