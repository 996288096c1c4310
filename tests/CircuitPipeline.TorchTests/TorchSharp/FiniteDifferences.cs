using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

/// <summary>Central differences in Float64: (f(x + h) - f(x - h)) / 2h for every element of every input.</summary>
internal static class FiniteDifferences
{
    private const double Step = 1e-6;

    /// <summary>Compares autograd's gradient of a fixed random weighting of the results with the differences.</summary>
    internal static void MustMatchAutograd(Func<Tensor[], Tensor> operation, params Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        foreach (Tensor input in inputs)
            input.requires_grad_();
        Tensor result = operation(inputs);
        Tensor weights = Elements.Random(99, result.shape);
        IList<Tensor> gradients = autograd.grad([(result * weights).sum()], inputs);

        using IDisposable frozen = no_grad();
        for (int i = 0; i < inputs.Length; i++)
            Elements.MustBe(gradients[i], 1e-6, Differences(inputs[i], () => Loss(operation(inputs), weights)));
    }

    private static double Loss(Tensor result, Tensor weights) => (result * weights).sum().item<double>();

    private static double[] Differences(Tensor input, Func<double> loss)
    {
        double[] differences = new double[input.numel()];
        Tensor flat = input.view(-1);
        for (int i = 0; i < differences.Length; i++)
        {
            double original = flat[i].item<double>();
            flat[i].fill_(original + Step);
            double above = loss();
            flat[i].fill_(original - Step);
            double below = loss();
            flat[i].fill_(original);
            differences[i] = (above - below) / (2 * Step);
        }

        return differences;
    }
}
