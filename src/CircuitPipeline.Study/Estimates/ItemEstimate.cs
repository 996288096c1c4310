namespace CircuitPipeline.Study.Estimates;

/// <summary>What a work item will take, from the shape of its model.</summary>
/// <param name="Operations">Multiplications and additions of its products.</param>
/// <param name="LayerCalls">How often it goes through a layer, which costs something however small the layer is.</param>
/// <param name="MemoryBytes">The most memory.</param>
/// <param name="DiskBytes">What it leaves in the store.</param>
public sealed record ItemEstimate(double Operations, double LayerCalls, long MemoryBytes, long DiskBytes)
{
    // Of libtorch's and our own work around the products of one layer; measured on the default study, where it is half of the time.
    private const double SecondsPerLayerCall = 0.6e-3;

    /// <summary>What several things take that one item does one after the other.</summary>
    internal static ItemEstimate InTurn(IReadOnlyList<ItemEstimate> all) =>
        new(
            all.Sum(one => one.Operations),
            all.Sum(one => one.LayerCalls),
            all.Max(one => one.MemoryBytes),
            all.Sum(one => one.DiskBytes)
        );

    /// <summary>Seconds that it takes.</summary>
    /// <param name="rate">Operations a second, as of <see cref="ProductRate"/>.</param>
    public double Seconds(double rate) => Operations / rate + LayerCalls * SecondsPerLayerCall;

    /// <summary>The estimate as the end of a line.</summary>
    /// <param name="rate">Operations a second.</param>
    public string Text(double rate) =>
        $"{Amounts.Time(Seconds(rate))}, {Amounts.Bytes(MemoryBytes)}, {Amounts.Bytes(DiskBytes)} on disk";
}
