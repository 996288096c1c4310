namespace CircuitPipeline.Testing;

/// <summary>A file of zeros that is large by its size and takes no room on the disk.</summary>
public sealed class SparseFile : IDisposable
{
    public const long Gigabyte = 1L << 30;

    public SparseFile(long bytes = Gigabyte)
    {
        using FileStream file = File.Create(Path);
        file.SetLength(bytes);
    }

    public string Path { get; } = System.IO.Path.GetTempFileName();

    public void Dispose() => File.Delete(Path);
}
