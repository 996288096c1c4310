using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Models;
using CircuitPipeline.Study.Engine;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Tool.Doctor;

/// <summary>How far a device is from the processor in float64, in one small computation.</summary>
/// <param name="What">The computation.</param>
/// <param name="Dtype">What the device computes in.</param>
/// <param name="Difference">The largest difference, divided by the largest number of the truth.</param>
/// <param name="Bound">What is allowed.</param>
internal sealed record TrialResult(string What, string Dtype, double Difference, double Bound)
{
    /// <summary>Whether the difference is a number within the bound.</summary>
    public bool Ok => Difference <= Bound;
}

/// <summary>Computes on a device what the processor computes in float64: a product of matrices, and the scores of a small model.</summary>
/// <remarks>
/// Roundings of float32 (6e-8) add up to about 1e-6 of the largest number in both, those of float64 to 1e-15 (measured on
/// processors). A bound is a hundred times that or so, for sums in another order; a device that multiplies in fewer bits without
/// being told to, as with TensorFloat-32 (5e-4), is beyond it, and so is one that computes something else.
/// </remarks>
internal static class DeviceTrial
{
    internal const string Matrices = "product of two matrices";
    internal const string Attribution = "scores of a small model";
    private const int Size = 256;

    private static readonly (ScalarType Type, string Name, double Bound)[] Types =
    [
        (ScalarType.Float32, "float32", 1e-4),
        (ScalarType.Float64, "float64", 1e-11),
    ];

    /// <summary>Does all of them.</summary>
    internal static IReadOnlyList<TrialResult> Run(Device device)
    {
        double[] product = Product(ScalarType.Float64, CPU);
        double[] scores = Scores(ScalarType.Float64, CPU);
        return
        [
            .. Types.Select(type => Result(Matrices, type, Product(type.Type, device), product)),
            .. Types.Select(type => Result(Attribution, type, Scores(type.Type, device), scores)),
        ];
    }

    private static TrialResult Result(
        string what,
        (ScalarType Type, string Name, double Bound) type,
        double[] found,
        double[] truth
    ) =>
        new(
            what,
            type.Name,
            found.Zip(truth, (one, other) => Math.Abs(one - other)).Max() / truth.Max(Math.Abs),
            type.Bound
        );

    private static double[] Product(ScalarType type, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new(1);
        Tensor Drawn() => empty([Size, Size], ScalarType.Float64, CPU).normal_(0, 1, random).to(type).to(device);
        return Drawn().mm(Drawn()).to(ScalarType.Float64).cpu().data<double>().ToArray();
    }

    private static double[] Scores(ScalarType type, Device device)
    {
        using Generator random = new(1);
        using Transformer model = TransformerFactory.Create(
            TrialModel.Shape(layers: 2, heads: 4, width: 32),
            random,
            device,
            type
        );
        EapIgInputs method = new(5, Quadrature.Left, 4, TimeProvider.System);
        return [.. method.Attribute(model, TrialModel.Pairs, Metrics.LogitDifference).Values];
    }
}
