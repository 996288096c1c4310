using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Attribution;

/// <summary>
/// A model whose non-linearities are switched off: an epsilon beside which no variance counts makes the norms divide by a
/// constant, queries of 0 make attention an even mean, and a large bias, taken off again behind it, keeps ReLU where it is the
/// identity.
/// </summary>
public sealed class LinearModel : IDisposable
{
    private const double Epsilon = 1e24;
    private const double Lift = 1000;
    private readonly Transformer _model = Create();

    public void Dispose() => _model.Dispose();

    // Not eap-ig-activations: where it replaces a layer's heads or MLP, it takes what leads to them for idle, on any model.
    [Theory]
    [InlineData(Eap.Name, Intervention.Patching)]
    [InlineData(Eap.Name, Intervention.Zero)]
    [InlineData(Eap.Name, Intervention.Mean)]
    [InlineData(Eap.Name, Intervention.MeanPositional)]
    [InlineData(EapIgInputs.Name, Intervention.Patching)]
    [InlineData(CleanCorrupted.Name, Intervention.Patching)]
    public void Has_exact_effects_equal_to_gradients(string method, Intervention intervention)
    {
        EncodedPairs pairs = TinyPairs.Create();

        EdgeScores exact = new ExactPatching(4, TimeProvider.System, intervention).Attribute(
            _model,
            pairs,
            Metrics.LogitDifference
        );
        EdgeScores gradient = MethodCases
            .Create(method, intervention, 4)
            .Attribute(_model, pairs, Metrics.LogitDifference);

        double largest = exact.Values.Max(Math.Abs);
        Assert.True(largest > 0.01);
        Assert.All(exact.Values.Zip(gradient.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * largest));
    }

    [Theory]
    [InlineData(1, Quadrature.Left)]
    [InlineData(3, Quadrature.Midpoint)]
    public void Has_the_same_gradients_at_all_points(int steps, Quadrature quadrature)
    {
        EncodedPairs pairs = TinyPairs.Create();

        EdgeScores eap = new Eap(4, TimeProvider.System).Attribute(_model, pairs, Metrics.LogitDifference);
        EdgeScores integrated = new EapIgInputs(steps, quadrature, 4, TimeProvider.System).Attribute(
            _model,
            pairs,
            Metrics.LogitDifference
        );

        double largest = eap.Values.Max(Math.Abs);
        Assert.All(eap.Values.Zip(integrated.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * largest));
    }

    [Fact]
    public void Has_path_effects_that_add_up_to_the_whole()
    {
        EncodedPairs pairs = TinyPairs.Create();
        EdgeScores exact = new ExactPatching(4, TimeProvider.System).Attribute(_model, pairs, Metrics.LogitDifference);
        Circuit all = new TopN(exact.Graph.EdgeCount).Select(exact);

        CircuitEvaluation result = new CircuitEvaluator(4, TimeProvider.System).Evaluate(
            _model,
            all,
            pairs,
            Metrics.LogitDifference
        );

        double intoLogits = exact.Graph.Edges.Where(edge => edge.Destination is LogitsNode).Sum(edge => exact[edge]);
        Assert.Equal(result.Faithfulness.Clean - result.Faithfulness.Corrupted, intoLogits, 1e-9);
    }

    private static Transformer Create()
    {
        using Generator random = new(5);
        TransformerConfig config = TinyModel.Config() with { NormEps = Epsilon, Activation = Activation.Relu };
        Transformer model = TransformerFactory.Create(config, random).to(float64);
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, TorchSharp.Modules.Parameter? parameter) in model.named_parameters())
        {
            if (name.EndsWith("norm.weight", StringComparison.Ordinal))
            {
                parameter.fill_(Math.Sqrt(Epsilon));
            }

            if (name.EndsWith("dense_h_to_4h.bias", StringComparison.Ordinal))
            {
                parameter.fill_(Lift);
            }

            if (name.EndsWith("dense_4h_to_h.bias", StringComparison.Ordinal))
            {
                parameter.copy_(model.get_parameter(name.Replace("bias", "weight"))!.sum(1) * -Lift);
            }

            if (name.EndsWith("query_key_value.weight", StringComparison.Ordinal))
            {
                parameter.view(config.NHeads, 3, config.DHead, config.DModel).select(1, 0).fill_(0);
            }
        }

        return model;
    }
}
