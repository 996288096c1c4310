namespace CircuitPipeline.Pipeline.Store;

/// <summary>A key as it lies on the disk.</summary>
internal sealed record KeyFile(string Stage, string Item, Dictionary<string, string> Components)
{
    public static KeyFile Of(ItemKey key) => new(key.Stage, key.Item, StoreJson.Ordered(key.Components));

    public ItemKey? ToKey() =>
        StoreJson.Sorted(Components) is { } components ? new ItemKey(Stage, Item, components) : null;
}
