namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>The tensors of a file, found by their names without the prefix of the body.</summary>
internal sealed class PlainWeights(PlainNames names, IReadOnlyDictionary<string, PlainTensor> tensors)
{
    internal PlainTensor this[string name] => Find(name) ?? throw new KeyNotFoundException($"no tensor '{name}'");

    internal PlainTensor? Find(string name) =>
        names
            .Prefixes.Append("")
            .Select(prefix => tensors.GetValueOrDefault(prefix + name))
            .FirstOrDefault(t => t != null);

    /// <summary>y = W x + b with W as [out, in].</summary>
    internal double[][] Linear(string name, bool hasBias, double[][] rows)
    {
        PlainTensor weight = this[$"{name}.weight"];
        double[]? bias = hasBias ? this[$"{name}.bias"].Values : null;
        return Map(rows, weight.Shape[1], weight.Shape[0], (output, input) => weight[output, input], bias);
    }

    /// <summary>y = x W + b with W as [in, out], as GPT-2 stores its maps.</summary>
    internal double[][] TransposedLinear(string name, double[][] rows)
    {
        PlainTensor weight = this[$"{name}.weight"];
        double[] bias = this[$"{name}.bias"].Values;
        return Map(rows, weight.Shape[0], weight.Shape[1], (output, input) => weight[input, output], bias);
    }

    private static double[][] Map(
        double[][] rows,
        int inputs,
        int outputs,
        Func<int, int, double> weight,
        double[]? bias
    )
    {
        double[][] results = new double[rows.Length][];
        for (int row = 0; row < rows.Length; row++)
        {
            if (rows[row].Length != inputs)
            {
                throw new InvalidOperationException($"A map of {inputs} inputs was given {rows[row].Length}.");
            }

            results[row] = new double[outputs];
            for (int output = 0; output < outputs; output++)
            {
                double sum = bias?[output] ?? 0;
                for (int input = 0; input < inputs; input++)
                {
                    sum += weight(output, input) * rows[row][input];
                }

                results[row][output] = sum;
            }
        }

        return results;
    }
}
