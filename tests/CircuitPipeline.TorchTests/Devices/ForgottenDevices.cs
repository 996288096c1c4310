using System.Runtime.InteropServices;
using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Attribution.Pairs;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Activations;
using CircuitPipeline.Models.Layers;
using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.Tensors.Optimizers;
using CircuitPipeline.TorchTests.Attribution;
using CircuitPipeline.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Devices;

/// <summary>
/// On libtorch's device 'meta', whose tensors have shapes but no numbers, whatever computes with a tensor that was forgotten on the
/// processor is refused. So it stands for a second device where libtorch itself has the operator for it: not for looking up
/// embeddings, norms and backward passes, and not where numbers are read. What is left is a rule over the sources: TensorDevices,
/// beside the other rules.
/// </summary>
public sealed class ForgottenDevices : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly PairBatch _batch = TinyPairs.Create().Take([0, 1, 2], META);

    public static TheoryData<string> Families => ["parallel", "sequential", "gpt2"];

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Are_refused_where_they_are_planted() =>
        Assert.Contains(
            "meta",
            Assert.Throws<ExternalException>(() => ones(2, device: META).Plus(ones(2, device: CPU))).Message
        );

    [Theory]
    [MemberData(nameof(Families))]
    public void Are_none_in_the_parts_of_a_model(string family)
    {
        using Transformer model = Create(family);
        using IDisposable frozen = no_grad();
        ForwardPass pass = model.NewPass(5, ActivationHooks.None);
        Block block = model.Body.Blocks[1];
        Tensor residual = model.Body.Start(Embedding(model), pass);

        MustBeOnMeta(block.Attention.Forward(residual, pass));
        MustBeOnMeta(block.Mlp.Forward(residual, pass));
    }

    [Fact]
    public void Are_none_behind_a_shared_prefix()
    {
        using Transformer model = Create("parallel");
        using IDisposable frozen = no_grad();
        Tensor held = zeros([1, 2, model.Config.NHeads, model.Config.DHead], model.Dtype, model.Device);
        SharedPrefix prefix = new(2, [held, held], [held, held]);

        MustBeOnMeta(
            model.Body.Blocks[1].Attention.Forward(Embedding(model), model.NewPass(5, ActivationHooks.None, prefix))
        );
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Are_none_in_the_differences_and_gradients_of_scores(string family)
    {
        using Transformer model = Create(family);
        SourceActivations sums = SourceActivations.Zeros(model.Config, 5, ScalarType.Float32, model.Device);
        SourceActivations seen = sums.Select(sum => sum.repeat([3, .. Enumerable.Repeat(1L, (int)sum.dim() - 1)]));
        Block block = model.Body.Blocks[0];

        MustBeOnMeta(InputGradients.Differences(model, seen, seen, 3));
        MustBeOnMeta(new NormJacobian(block.AttentionNorm, seen.Embedding).BackwardUpToMean(seen.Embedding));
        MustBeOnMeta(block.Attention.Maps.Weights.MatMul(block.AttentionNorm!.bias!.detach()));
        MustBeOnMeta(Interpolation.Between(HookNames.Embed, seen.Embedding, seen.Embedding, [0, 0.5, 1]).Points);
    }

    [Fact]
    public void Are_none_in_the_metrics()
    {
        Tensor logits = zeros([3, TinyModel.DVocab], ScalarType.Float32, META);
        Answers answers = _batch.Answers with { ReferenceLogits = logits };

        Assert.All(
            (Metric[])[Metrics.LogitDifference, Metrics.ProbabilityDifference, Metrics.Accuracy, Metrics.Kl()],
            metric => MustBeOnMeta(metric.Of(logits.repeat(2, 1), answers.Repeated(2)))
        );
    }

    [Fact]
    public void Are_none_in_what_a_batch_says_of_its_positions()
    {
        using Transformer model = Create("parallel");
        Tensor activations = Embedding(model);

        MustBeOnMeta(_batch.Mask(ScalarType.Float64));
        MustBeOnMeta(_batch.FromAnswer(_batch.OnlyAnswer(activations)));
    }

    [Fact]
    public void Are_none_in_an_adapter()
    {
        using Transformer model = Create("parallel");
        using Generator random = new(1);
        using LoraAdapter adapter = LoraAdapter.Attach(model, _ => 2, 1, random);

        MustBeOnMeta(model.Body.Blocks[0].Attention.Forward(Embedding(model), model.NewPass(5, ActivationHooks.None)));
        Assert.All(adapter.Parameters, MustBeOnMeta);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Are_none_in_a_step_of_the_optimizer(ScalarType dtype)
    {
        using Transformer model = DeviceModel.Create(META, dtype);
        using AdamW optimizer = new([new ParameterGroup([.. model.parameters()], 0.1)], (0.9, 0.999));

        optimizer.ScaleGradients(0.5);
        optimizer.Step(0.01);

        Assert.All(optimizer.State().Where(held => held.Key != "steps").Select(held => held.Value), MustBeOnMeta);
    }

    private static Transformer Create(string family) =>
        DeviceModel.Create(
            META,
            ScalarType.Float32,
            family == "gpt2" ? TinyModel.Gpt2Config() : TinyModel.Config(isParallel: family == "parallel")
        );

    private static Tensor Embedding(Transformer model) => zeros([3, 5, model.Config.DModel], model.Dtype, model.Device);

    private static void MustBeOnMeta(Tensor tensor) => Assert.Equal(DeviceType.META, tensor.device_type);
}
