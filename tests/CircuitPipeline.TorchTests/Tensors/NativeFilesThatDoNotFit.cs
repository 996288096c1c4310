using System.Text;
using CircuitPipeline.Tensors.Loading;
using Xunit;

namespace CircuitPipeline.TorchTests.TensorsRoom;

/// <summary>What the loader says of native files that are missing, damaged or others; none of them reaches the system's loader.</summary>
public sealed class NativeFilesThatDoNotFit : IDisposable
{
    private static readonly LibTorchFiles Real = LibTorchFiles.Find(NativeFolders.OfThisProcess());
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public void The_real_ones_load()
    {
        LoadedLibTorch loaded = Real.Load(_folder.File("cache"));

        Assert.Equal(Real.LibTorch, loaded.LibTorch);
        Assert.Equal(loaded.IsShimWeakened, loaded.Shim != Real.Shim);
    }

    [LinuxTheory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(5_000)]
    [InlineData(2_000_000)]
    public void A_truncated_shim_is_told_by_its_path(int length)
    {
        string shim = Shim(bytes => bytes[..length]);

        Assert.Matches(
            $"^'{shim}' cannot be loaded: it (is not a 64-bit ELF file|has {length} bytes and lacks its end|has {length} bytes, and its tables point behind them); "
                + @"put the file of torchsharp [\d.]+ in its place\.$",
            Refusal(shim)
        );
    }

    [LinuxFact]
    public void A_file_that_is_no_library_is_told_by_its_path()
    {
        string shim = Shim(_ => Encoding.UTF8.GetBytes("version https://git-lfs.github.com/spec/v1\n".PadRight(200)));

        Assert.StartsWith(
            $"'{shim}' cannot be loaded: it is not a 64-bit ELF file; put the file of torchsharp ",
            Refusal(shim)
        );
    }

    [LinuxFact]
    public void A_shim_that_needs_another_version_is_refused_in_the_systems_words()
    {
        string shim = Shim(bytes => Renamed(bytes, "GLIBCXX_3.4.32", "GLIBCXX_3.4.99"));

        Assert.Matches(
            $"^'{shim}' cannot be loaded: .*version `GLIBCXX_3\\.4\\.99' not found \\(required by .*\\); put the file of",
            Refusal(shim)
        );
        Assert.False(Directory.Exists(_folder.File("cache")));
    }

    [LinuxFact]
    public void A_truncated_part_of_libtorch_is_told_by_its_path()
    {
        string libTorch = _folder.File("libtorch.so");
        foreach (string part in (string[])["libc10.so", "libtorch_cpu.so"])
        {
            File.CreateSymbolicLink(_folder.File(part), Path.Combine(Path.GetDirectoryName(Real.LibTorch)!, part));
        }

        File.WriteAllBytes(libTorch, File.ReadAllBytes(Real.LibTorch)[..1_000]);

        string message = Assert
            .Throws<LibTorchNotLoadedException>(() => (Real with { LibTorch = libTorch }).Load(_folder.File("cache")))
            .Message;

        Assert.StartsWith(
            $"'{libTorch}' cannot be loaded: it has 1000 bytes and lacks its end; put the file of",
            message
        );
    }

    [Fact]
    public void Files_that_are_nowhere_are_told_with_all_places_and_the_command_that_brings_them()
    {
        NativeFolders folders = new(null, _folder.Path, [_folder.File("packages")]);

        string message = Assert.Throws<LibTorchNotLoadedException>(() => LibTorchFiles.Find(folders)).Message;

        string platform = NativeFolders.Platform;
        Assert.Equal(
            $"'{Path.GetFileName(Real.LibTorch)}' was looked for in '{_folder.Path}', "
                + $"'{_folder.File("runtimes", platform, "native")}', "
                + $"'{_folder.File("packages", $"libtorch-cpu-{platform}", LibTorchLoader.LibTorchVersion, "runtimes", platform, "native")}' "
                + $"and is in none of them; run 'dotnet circuit doctor --install-engine' or 'dotnet package download libtorch-cpu-{platform}@{LibTorchLoader.LibTorchVersion} "
                + $"--output \"{_folder.File("packages")}\"'.",
            message
        );
    }

    [LinuxFact]
    public void A_libtorch_without_all_its_parts_is_told_by_the_part()
    {
        string libTorch = _folder.File("libtorch.so");
        File.CreateSymbolicLink(libTorch, Real.LibTorch);
        LibTorchFiles files = Real with
        {
            LibTorch = libTorch,
            Folders = Real.Folders with { LibTorch = _folder.Path },
        };

        Assert.Equal(
            $"'{libTorch}' cannot be loaded: 'libc10.so' is missing beside it; LIBTORCH is '{_folder.Path}': name the folder of a "
                + $"libtorch {LibTorchLoader.LibTorchVersion}, or unset it.",
            Assert.Throws<LibTorchNotLoadedException>(() => files.Load(_folder.Path)).Message
        );
    }

    [Fact]
    public void A_damaged_file_of_a_package_is_told_with_the_command_that_renews_it()
    {
        string package = _folder.File("libtorch-cpu-linux-x64", LibTorchLoader.LibTorchVersion);
        NativeFolders folders = new(null, "/program", [_folder.Path]);

        Assert.Equal(
            $"delete '{package}' and run 'dotnet circuit doctor --install-engine' or 'dotnet package download libtorch-cpu-linux-x64@{LibTorchLoader.LibTorchVersion} --output \"{_folder.Path}\"'",
            folders.Renew(
                Path.Combine(package, "runtimes", "libtorch.so"),
                new EnginePackage("libtorch-cpu-linux-x64", LibTorchLoader.LibTorchVersion)
            )
        );
    }

    [Fact]
    public void A_platform_without_native_files_is_told() =>
        Assert.Equal(
            $"TorchSharp {LibTorchLoader.TorchSharpVersion} has no native library for 'linux-arm64', only for 'linux-x64', 'win-x64', "
                + "'win-arm64', 'osx-arm64'; run this on one of those.",
            Assert.Throws<LibTorchNotLoadedException>(() => LibTorchFiles.MustBeSupported("linux-arm64")).Message
        );

    [Fact]
    public void A_LIBTORCH_without_libtorch_is_not_papered_over_by_a_package()
    {
        NativeFolders folders = NativeFolders.OfThisProcess() with { LibTorch = _folder.Path };

        string message = Assert.Throws<LibTorchNotLoadedException>(() => LibTorchFiles.Find(folders)).Message;

        Assert.EndsWith(
            $"LIBTORCH is '{_folder.Path}': name the folder of a libtorch {LibTorchLoader.LibTorchVersion}, or unset it.",
            message
        );
    }

    [Fact]
    public void Packages_are_looked_for_where_the_build_restored_them_then_where_NuGet_does()
    {
        File.WriteAllText(_folder.File("package-folders.txt"), "/listed/\n/fallback\n");
        string? Variable(string name) => name == "NUGET_PACKAGES" ? "/own/" : null;

        NativeFolders folders = NativeFolders.Of(_folder.Path, Variable, "/home/me");

        Assert.Equal(["/listed", "/fallback", "/own"], folders.Packages);
        Assert.Null(folders.LibTorch);
        Assert.Equal(
            ["/listed", "/fallback", Path.Combine("/home/me", ".nuget", "packages")],
            NativeFolders.Of(_folder.Path, _ => null, "/home/me").Packages
        );
        Assert.Equal(
            ["/listed", "/fallback"],
            NativeFolders.Of(_folder.Path, name => name == "NUGET_PACKAGES" ? "relative" : null, "").Packages
        );
    }

    private string Refusal(string shim) =>
        Assert
            .Throws<LibTorchNotLoadedException>(() => (Real with { Shim = shim }).Load(_folder.File("cache")))
            .Message;

    private string Shim(Func<byte[], byte[]> change)
    {
        string path = _folder.File("libLibTorchSharp.so");
        File.WriteAllBytes(path, change(File.ReadAllBytes(Real.Shim)));
        return path;
    }

    private static byte[] Renamed(byte[] file, string from, string to)
    {
        int at = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"{from}\0"));
        Encoding.ASCII.GetBytes(to).CopyTo(file, at);
        return file;
    }
}
