using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Planning;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Tool.Doctor;
using CircuitPipeline.TorchTests.Attribution;
using CircuitPipeline.Training;
using CircuitPipeline.Training.Adapters;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Devices;

/// <summary>
/// What a device must do as the processor does it in float64, in 1e-9 of the largest number: roundings of float64 add up to
/// 1e-14 in these small models, and float32 somewhere on the way would leave 1e-7.
/// </summary>
internal static class DeviceChecks
{
    private const double Float64Bound = 1e-9;
    private const double Float32Bound = 1e-3;

    internal static Dictionary<string, Action<Device>> All { get; } =
        new()
        {
            ["the doctor's trials"] = device =>
                Assert.All(DeviceTrial.Run(device), trial => Assert.True(trial.Ok, $"{trial}")),
            ["scores of every method in float64"] = device => MustScoreAlike(device, ScalarType.Float64, Float64Bound),
            ["scores of every method in float32"] = device => MustScoreAlike(device, ScalarType.Float32, Float32Bound),
            ["scores in bfloat16 are finite"] = MustScoreInHalfPrecision,
            ["every metric over sets of answers"] = MustMeasureSetsAlike,
            ["circuits under every intervention"] = MustEvaluateAlike,
            ["steps of training"] = device => MustBeNear(Losses(CPU), Losses(device), Float64Bound),
            ["steps of an adapter, saved and merged"] = device =>
                MustBeNear(LogitsAfterAdapter(CPU), LogitsAfterAdapter(device), Float64Bound),
            ["a checkpoint from the processor and back"] = MustKeepACheckpoint,
            ["logits of every family"] = FamilyChecks.MustComputeLogits,
            ["scores of every family"] = FamilyChecks.MustScoreAlike,
        };

    private static void MustScoreAlike(Device device, ScalarType dtype, double bound)
    {
        foreach ((string name, Intervention? intervention) in Methods())
        {
            MustBeNear(
                Scores(CPU, ScalarType.Float64, name, intervention),
                Scores(device, dtype, name, intervention),
                bound
            );
        }
    }

    // Sets of one size, of several sizes in one batch, and of one token each go different ways.
    private static void MustMeasureSetsAlike(Device device)
    {
        EncodedPair[] pairs = [.. Enumerable.Range(0, TinyPairs.Create().Count).Select(row => TinyPairs.Create()[row])];
        EncodedPairs ragged = EncodedPairs.Of(
            pairs.Select(
                (pair, row) => row % 2 == 0 ? pair with { Answers = [1, 2, 3], CorruptedAnswers = [4, 5] } : pair
            )
        );
        foreach (string name in Metrics.Names.Where(name => Metrics.Named(name).HasGradient))
        {
            MustBeNear(Scores(CPU), Scores(device), Float64Bound);

            double[] Scores(Device place)
            {
                using Transformer model = DeviceModel.Create(place, ScalarType.Float64);
                Metric metric = Metrics.Named(name);
                return
                [
                    .. MethodCases
                        .Create(EapIgInputs.Name, Intervention.Patching, 4)
                        .Attribute(model, ragged, metric)
                        .Values,
                ];
            }
        }
    }

    // The scores are sums of products with 8 bits, so that they are of the right size is all that can be said.
    private static void MustScoreInHalfPrecision(Device device)
    {
        double[] truth = Scores(CPU, ScalarType.Float64, EapIgInputs.Name, Intervention.Patching);
        double[] found = Scores(device, ScalarType.BFloat16, EapIgInputs.Name, Intervention.Patching);

        Assert.All(found, score => Assert.True(double.IsFinite(score)));
        MustBeNear(truth, found, 0.2);
    }

    private static IEnumerable<(string, Intervention?)> Methods() =>
        from method in AttributionMethods.All
        from intervention in method.Interventions.Select(each => (Intervention?)each).DefaultIfEmpty(null)
        select (method.Name, intervention);

    private static double[] Scores(Device device, ScalarType dtype, string method, Intervention? intervention)
    {
        using Transformer model = DeviceModel.Create(device, dtype);
        return
        [
            .. MethodCases
                .Create(method, intervention, 4)
                .Attribute(model, TinyPairs.Create(), Metrics.LogitDifference)
                .Values,
        ];
    }

    private static void MustEvaluateAlike(Device device)
    {
        foreach (Intervention intervention in Enum.GetValues<Intervention>())
        {
            MustBeNear(Values(CPU, intervention), Values(device, intervention), Float64Bound);
        }

        static double[] Values(Device device, Intervention intervention)
        {
            using Transformer model = DeviceModel.Create(device, ScalarType.Float64);
            ComputationGraph graph = new(model.Config);
            Circuit circuit = new(graph, [0, 3, 4, 7, 20], SelectionOrigin.Unknown(5));
            CircuitEvaluation evaluation = new CircuitEvaluator(4, TimeProvider.System, intervention).Evaluate(
                model,
                circuit,
                TinyPairs.Create(),
                Metrics.LogitDifference
            );
            return [.. evaluation.Clean, .. evaluation.Corrupted, .. evaluation.Circuit];
        }
    }

    private static double[] Losses(Device device)
    {
        using Transformer model = DeviceModel.Create(device, ScalarType.Float64);
        return Train(model, model.parameters());
    }

    private static double[] LogitsAfterAdapter(Device device)
    {
        using TemporaryFolder folder = new();
        (string file, string config) = (folder.File("adapter"), folder.File("config"));
        using Transformer model = DeviceModel.Create(device, ScalarType.Float64);
        using (Generator random = new(5))
        using (LoraAdapter adapter = LoraAdapter.Attach(model, _ => 2, 1, random))
        {
            Train(model, adapter.Parameters);
            adapter.Save(file);
        }

        File.WriteAllBytes(config, PeftConfig.Write(new RankPlanner(model.Config, 1).Uniform(2), model.Config, "base"));
        PeftFolder.Open(config, file).MergeInto(model);
        return Logits(model);
    }

    private static double[] Train(Transformer model, IEnumerable<TorchSharp.Modules.Parameter> parameters)
    {
        Vocabulary words = new([.. "abcdefghi".Select(letter => $"{letter}"), "<pad>", "<eos>"]);
        using TrainingRows rows = TrainingRows.OfCorpus(
            Corpus.OfText(["a b c d", "b c d e", "d e f g"], words),
            model.Device
        );
        TrainingOptions options = new()
        {
            Steps = 4,
            Batch = 2,
            LearningRate = 0.01,
            Schedule = _ => 1,
            WeightDecay = 0.1,
            ClipNorm = 0.5,
        };
        return new Trainer(options, TimeProvider.System).Train(
            model,
            parameters,
            rows,
            new SeededRandom(1),
            _ => { },
            default
        );
    }

    private static void MustKeepACheckpoint(Device device)
    {
        using TemporaryFolder folder = new();
        using Transformer model = DeviceModel.Create(CPU, ScalarType.Float64);
        Checkpoint.Save(model, folder.File(Checkpoint.WeightsFile), folder.File(Checkpoint.ConfigFile));

        using Transformer loaded = Checkpoint.Load(folder.Path, ScalarType.Float64, device);
        Checkpoint.Save(loaded, folder.File("again"), folder.File("again.json"));

        Assert.Equal(device.type, loaded.Device.type);
        Assert.Equal(File.ReadAllBytes(folder.File(Checkpoint.WeightsFile)), File.ReadAllBytes(folder.File("again")));
        MustBeNear(Logits(model), Logits(loaded), Float64Bound);
    }

    private static double[] Logits(Transformer model)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        Tensor tokens = tensor([1L, 2, 3, 4], [1, 4], device: model.Device);
        return model.forward(tokens).to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
    }

    private static void MustBeNear(double[] truth, double[] found, double bound)
    {
        double scale = truth.Max(Math.Abs);
        double difference = truth.Zip(found, (one, other) => Math.Abs(one - other)).Max();
        Assert.True(
            truth.Length == found.Length && difference <= bound * scale,
            $"{truth.Length} and {found.Length} numbers up to {scale} differ by {difference}, but by {bound} of that is allowed."
        );
    }
}
