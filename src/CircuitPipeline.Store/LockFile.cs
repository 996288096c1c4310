namespace CircuitPipeline.Store;

/// <summary>A study's lock as it lies on the disk.</summary>
internal sealed record LockFile(
    int Format,
    string Study,
    string Processor,
    string Engine,
    Dictionary<string, LockFile.Item> Items
)
{
    public sealed record Item(string Key, Dictionary<string, string> Outputs);
}
