using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.EngineAssumptions;

internal static class Elements
{
    /// <summary>All elements in row-major order.</summary>
    internal static double[] Of(Tensor values)
    {
        using Tensor copy = values.detach().to(ScalarType.Float64).contiguous();
        return copy.data<double>().ToArray();
    }

    internal static void MustBe(Tensor values, params double[] expected) => MustBe(values, 1e-6, expected);

    internal static void MustBe(Tensor values, double tolerance, double[] expected)
    {
        double[] found = Of(values);
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < found.Length; i++)
        {
            Assert.True(
                Math.Abs(found[i] - expected[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])),
                $"Element {i} is {found[i]}, expected {expected[i]} of [{string.Join(", ", expected)}]."
            );
        }
    }
}
