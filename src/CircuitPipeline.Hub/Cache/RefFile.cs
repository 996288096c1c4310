using System.Text;

namespace CircuitPipeline.Hub.Cache;

/// <summary>A file that says which commit a branch or tag was when it was last asked for.</summary>
internal static class RefFile
{
    private const int LongestBytes = 100;

    /// <summary>The commit; null where there is no file.</summary>
    /// <exception cref="InvalidDataException">The file holds no commit.</exception>
    internal static string? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using FileStream file = File.OpenRead(path);
        byte[] bytes = new byte[LongestBytes];
        return Parse(bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)), path);
    }

    /// <summary>The commit in a file's bytes.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    internal static string Parse(ReadOnlySpan<byte> bytes, string source)
    {
        string text = Encoding.UTF8.GetString(bytes).Trim();
        return HubModelId.IsCommit(text)
            ? text
            : throw new InvalidDataException(
                $"{source}: a commit of 40 hexadecimal digits is expected, but {MessageText.Quoted(text)} stands there; delete the file and bring the model again."
            );
    }

    /// <summary>Writes it, whole or not at all.</summary>
    internal static void Write(string path, string commit)
    {
        if (new FileInfo(path) is { Exists: true } file && file.Length == commit.Length && Read(path) == commit)
        {
            return; // whoever may only read the cache need not write
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(temporary, commit);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
