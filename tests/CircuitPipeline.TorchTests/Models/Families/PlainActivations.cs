namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>The activations by the names that configurations use.</summary>
internal static class PlainActivations
{
    internal static double Apply(string name, double x) =>
        name switch
        {
            "gelu" => x * (1 + Erf(x / Math.Sqrt(2))) / 2,
            "gelu_new" or "gelu_pytorch_tanh" => x
                * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))
                / 2,
            "relu" => Math.Max(x, 0),
            "silu" => x / (1 + Math.Exp(-x)),
            _ => throw new NotSupportedException($"activation '{name}'"),
        };

    /// <summary>2x/√π · e^(-x²) · (1 + 2x²/3 + (2x²)²/(3·5) + …): all terms have one sign, so nothing cancels.</summary>
    internal static double Erf(double x)
    {
        if (Math.Abs(x) > 6)
        {
            return Math.Sign(x);
        }

        (double sum, double term) = (0, 1);
        for (int n = 1; term > 1e-18 * sum; n++)
        {
            sum += term;
            term *= 2 * x * x / (2 * n + 1);
        }

        return 2 * x / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
