using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Tensors.Optimizers;
using CircuitPipeline.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.TorchTests.Training;

/// <summary>
/// The trainer, which computes logits at labels alone, updates inside the linear maps, rows without padding and batches in parts,
/// against the formulas as they stand: all logits, a hook for every update, all padding, one batch.
/// </summary>
public sealed class FastAndPlainTraining : IDisposable
{
    private const int Steps = 20;
    private const int Batch = 6;
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 3)]
    [InlineData(true, 1)]
    [InlineData(true, 4)]
    public void Of_updates_are_the_same(bool isGpt2, int parts)
    {
        using Transformer plain = Model(isGpt2);
        using Transformer fast = Model(isGpt2);
        using LoraAdapter adapter = Adapter(fast);
        using TrainingRows rows = TrainingRows.OfPrompts(Pairs(), CPU);
        Parameter[] twins = [.. adapter.Parameters.Select(Twin)];
        using IDisposable hooks = PlainUpdates.Attach(plain, twins, scale: 2);

        double[] expected = PlainTraining.Losses(plain, twins, rows, Steps, Batch);
        double[] found = Train(fast, adapter.Parameters, rows, parts);

        AssertClose(expected, found);
        AssertClose(twins, [.. adapter.Parameters]);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public void Of_whole_models_are_the_same(bool isGpt2, int parts)
    {
        using Transformer plain = Model(isGpt2);
        using Transformer fast = Model(isGpt2);
        using TrainingRows rows = TrainingRows.OfPrompts(Pairs(), CPU);

        double[] expected = PlainTraining.Losses(plain, [.. plain.parameters()], rows, Steps, Batch);
        double[] found = Train(fast, fast.parameters(), rows, parts);

        AssertClose(expected, found);
        // The gradient of a bias of keys is 0 but for rounding, which AdamW divides by its ε.
        AssertClose([.. plain.parameters()], [.. fast.parameters()], 1e-8);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 3)]
    public void Of_several_updates_at_once_are_those_of_each_alone(bool isGpt2, int parts)
    {
        using Transformer model = Model(isGpt2);
        using TrainingRows rows = TrainingRows.OfPrompts(Pairs(), CPU);
        using TrainingRows others = TrainingRows.OfPaddedPrompts(Pairs(), 7, 9, CPU);
        (TrainingRows Rows, Func<ModelLinear, int> Ranks)[] runs =
        [
            (rows, linear => linear.Layer + 1),
            (others, _ => 2),
            (rows, linear => linear.Layer == 0 ? 3 : 0),
        ];
        double[][] alone = new double[runs.Length][];
        double[][] logits = new double[runs.Length][];
        Tensor[][] weights = new Tensor[runs.Length][];
        for (int run = 0; run < runs.Length; run++)
        {
            using Generator random = new((ulong)run);
            using LoraAdapter adapter = LoraAdapter.Attach(model, runs[run].Ranks, 2, random);
            alone[run] = Train(model, adapter.Parameters, runs[run].Rows, parts, run, Grouped(adapter));
            weights[run] = [.. adapter.Parameters.Select(parameter => parameter.detach().clone())];
            logits[run] = Logits(model);
        }

        StackedRun[] stacked =
        [
            .. runs.Select(
                (run, number) =>
                {
                    using Generator random = new((ulong)number);
                    LoraAdapter adapter = LoraAdapter.Detached(model, run.Ranks, 2, random);
                    return new StackedRun(adapter, run.Rows, new SeededRandom(number)) { Groups = Grouped(adapter) };
                }
            ),
        ];
        TrainingOptions options = PlainTraining.Options(Steps, Batch) with { Accumulation = parts };
        double[] untrained = Logits(model);
        double[][] last = new double[runs.Length][];
        double[][] found = new StackedTrainer(options, TimeProvider.System).Train(
            model,
            stacked,
            (run, progress) =>
            {
                Assert.Equal(untrained, Logits(model));
                using IDisposable attached = stacked[run].Adapter.Attached();
                last[run] = Logits(model);
                using DisposeScope state = NewDisposeScope();
                Assert.Equal(progress.Step, progress.State()["losses"].size(0));
            },
            default
        );
        Assert.All(
            logits.Zip(last).SelectMany(run => run.First.Zip(run.Second)),
            pair => Assert.Equal(pair.First, pair.Second, 1e-9)
        );

        for (int run = 0; run < runs.Length; run++)
        {
            using LoraAdapter adapter = stacked[run].Adapter;
            AssertClose(alone[run], found[run]);
            Assert.All(
                weights[run].Zip(adapter.Parameters),
                pair => Assert.True(pair.First.allclose(pair.Second, 0, 1e-10))
            );
        }

        Assert.All(model.LinearModules, linear => Assert.Null(linear.Module.Update));
    }

    [Fact]
    public void Count_real_tokens()
    {
        using Transformer model = Model(isGpt2: false);
        using TrainingRows rows = TrainingRows.OfPrompts(Pairs(), CPU);

        Assert.Equal(2 + 4, rows.RealTokens([0, 2]));
        Assert.Equal([3, 2], rows.Split([2, 0, 1, 5, 3], 2).Select(part => part.Length));
    }

    private static double[] Train(
        Transformer model,
        IEnumerable<Parameter> parameters,
        TrainingRows rows,
        int parts,
        int seed = 1,
        IReadOnlyList<ParameterGroup>? groups = null
    )
    {
        TrainingOptions options = PlainTraining.Options(Steps, Batch) with { Accumulation = parts };
        return new Trainer(options, TimeProvider.System).Train(
            model,
            groups ?? [new ParameterGroup([.. parameters], options.WeightDecay)],
            rows,
            new SeededRandom(seed),
            _ => { },
            default
        );
    }

    // The last layer first, and at half the rate.
    private static ParameterGroup[] Grouped(LoraAdapter adapter)
    {
        int last = adapter.Model.Config.NLayers - 1;
        ParameterGroup[] groups =
        [
            new([.. adapter.ParametersOf(last)], 0.01) { RateFactor = 0.5 },
            new([.. Enumerable.Range(0, last).SelectMany(adapter.ParametersOf)], 0.01),
        ];
        return [.. groups.Where(group => group.Parameters.Count > 0)];
    }

    private static double[] Logits(Transformer model)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        return model.forward(TinyModel.Tokens(1, 2, 3, 4)).to(ScalarType.Float64).data<double>().ToArray();
    }

    private static Transformer Model(bool isGpt2)
    {
        TransformerConfig config = isGpt2 ? TinyModel.Gpt2Config() : TinyModel.Config();
        return FilledModel.Create(config);
    }

    private static LoraAdapter Adapter(Transformer model)
    {
        using Generator random = new(3);
        LoraAdapter adapter = LoraAdapter.Attach(model, linear => linear.Layer + 1, 2, random);
        using IDisposable frozen = no_grad();
        foreach (Parameter parameter in adapter.Parameters)
        {
            parameter.normal_(0, 0.3, random);
        }

        return adapter;
    }

    private static Parameter Twin(Parameter parameter) => nn.Parameter(parameter.detach().clone());

    // Of 2 to 5 tokens, the answer's place the last.
    private static EncodedPairs Pairs()
    {
        SeededRandom random = new(5);
        return EncodedPairs.Of([
            .. Enumerable
                .Range(0, 13)
                .Select(row =>
                {
                    int[] tokens =
                    [
                        .. Enumerable.Range(0, 2 + row % 4).Select(_ => random.Between(0, TinyModel.DVocab - 1)),
                    ];
                    return new EncodedPair([.. tokens], [.. tokens], [random.Between(0, 4)], [random.Between(5, 9)]);
                }),
        ]);
    }

    private static void AssertClose(double[] expected, double[] found)
    {
        Assert.Equal(Steps, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    private static void AssertClose(Parameter[] expected, Parameter[] found, double tolerance = 1e-12) =>
        Assert.All(expected.Zip(found), pair => Assert.True(pair.First.allclose(pair.Second, 0, tolerance)));
}
