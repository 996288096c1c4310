using CircuitPipeline.TorchTests.Models.Families;

namespace CircuitPipeline.TorchTests.Training.Adapters;

/// <summary>A matrix of float64, [row, column], with what the formulas of adapters need.</summary>
internal sealed class PlainMatrix(int rows, int columns, Func<int, int, double> value)
{
    private readonly double[] _values =
    [
        .. Enumerable.Range(0, rows * columns).Select(i => value(i / columns, i % columns)),
    ];

    internal int Rows => rows;

    internal int Columns => columns;

    internal double this[int row, int column] => _values[row * columns + column];

    internal static PlainMatrix Of(PlainTensor tensor, bool isTurned) =>
        isTurned
            ? new(tensor.Shape[1], tensor.Shape[0], (row, column) => tensor[column, row])
            : new(tensor.Shape[0], tensor.Shape[1], (row, column) => tensor[row, column]);

    internal static PlainMatrix Drawn(Random random, int rows, int columns, double reach) =>
        new(rows, columns, (_, _) => reach * (2 * random.NextDouble() - 1));

    internal PlainMatrix Times(PlainMatrix other) =>
        new(
            rows,
            other.Columns,
            (row, column) => Enumerable.Range(0, columns).Sum(inner => this[row, inner] * other[inner, column])
        );

    internal PlainMatrix Plus(double factor, PlainMatrix other) =>
        new(rows, columns, (row, column) => this[row, column] + factor * other[row, column]);

    internal PlainMatrix Above(PlainMatrix other) =>
        new(rows + other.Rows, columns, (row, column) => row < rows ? this[row, column] : other[row - rows, column]);

    internal PlainMatrix Beside(PlainMatrix other) =>
        new(
            rows,
            columns + other.Columns,
            (row, column) => column < columns ? this[row, column] : other[row, column - columns]
        );

    internal PlainMatrix Negative() => new(rows, columns, (row, column) => -this[row, column]);

    internal double Length(int row) =>
        Math.Sqrt(Enumerable.Range(0, columns).Sum(column => this[row, column] * this[row, column]));

    internal PlainTensor Stored(bool isTurned = false) =>
        isTurned
            ? new(
                [columns, rows],
                [
                    .. from column in Enumerable.Range(0, columns)
                    from row in Enumerable.Range(0, rows)
                    select this[row, column],
                ]
            )
            : new([rows, columns], [.. _values]);
}
