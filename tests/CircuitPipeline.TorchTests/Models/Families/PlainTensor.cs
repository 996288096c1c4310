namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>A stored tensor: its shape and its numbers in row-major order.</summary>
internal sealed record PlainTensor(int[] Shape, double[] Values)
{
    internal double this[int row, int column] => Values[row * Shape[1] + column];

    internal double[] Row(int row) => Values[(row * Shape[1])..((row + 1) * Shape[1])];
}
