namespace CircuitPipeline.Pipeline.Store;

/// <summary>Files of the store that people, editors and other programs can reach, and that are read whole.</summary>
internal static class SmallFile
{
    /// <summary>More than any such file has, in bytes; a record of a thousand outputs has some 200 kB.</summary>
    public const long Largest = 16 << 20;

    /// <summary>The file's bytes; one that is larger than it can be is an <see cref="IOException"/> and not read.</summary>
    public static byte[] Read(string path)
    {
        long found = new FileInfo(path).Length;
        return found <= Largest
            ? File.ReadAllBytes(path)
            : throw new IOException($"it has {found} bytes, and at most {Largest} are read");
    }

    /// <summary>The lines of the file as text, whatever its bytes are; the last one is empty when the file ends with a line end.</summary>
    public static string[] Lines(string path) => System.Text.Encoding.UTF8.GetString(Read(path)).Split('\n');
}
