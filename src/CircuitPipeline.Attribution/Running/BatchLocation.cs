using System.Globalization;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>Where in the run a batch is, for messages.</summary>
/// <param name="Number">The batch, from 1.</param>
/// <param name="Rows">Its pairs' places, from 0.</param>
internal readonly record struct BatchLocation(int Number, int[] Rows)
{
    /// <summary>The numbers of a tensor whose last dimension is the batch; refuses what is not finite.</summary>
    /// <param name="what">What is measured, for the message.</param>
    /// <param name="values"><c>[variant, batch]</c>.</param>
    /// <param name="variant">The name of a row of the tensor, for the message.</param>
    internal double[] Finite(string what, Tensor values, Func<int, string> variant)
    {
        double[] numbers = values.detach().to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
        int bad = Array.FindIndex(numbers, number => !double.IsFinite(number));
        if (bad < 0)
            return numbers;
        throw new AttributionDivergedException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The {what} is {numbers[bad]} {variant(bad / Rows.Length)} of batch {Number} for pair {Rows[bad % Rows.Length] + 1}; look at that pair and at the model's weights."
            )
        );
    }
}
