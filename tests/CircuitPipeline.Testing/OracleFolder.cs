using System.IO.Compression;

namespace CircuitPipeline.Testing;

/// <summary>The reference libraries' runs on small models (see the README in the archive), unpacked once per process into a folder that goes with it.</summary>
public static class OracleFolder
{
    private static readonly Lazy<string> Folder = new(Unpack);

    /// <summary>The archive, which is part of the repository.</summary>
    public static string Archive { get; } =
        System.IO.Path.Combine(RepositoryRoot.Path, "tests", "CircuitPipeline.Testing", "oracle.zip");

    /// <summary>A file of the oracle, to be read.</summary>
    public static string File(params string[] parts) => System.IO.Path.Combine([Folder.Value, .. parts]);

    private static string Unpack()
    {
        string folder = Directory.CreateTempSubdirectory("oracle-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        ZipFile.ExtractToDirectory(Archive, folder);
        return folder;
    }
}
