using CircuitPipeline.Tensors.Loading;
using Xunit;

namespace CircuitPipeline.TorchTests.TensorsRoom;

/// <summary>Which libtorch it is: what it says itself, what the files beside it say, and what is said where it is another.</summary>
public sealed class LibTorchVersions : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public void The_loaded_one_says_its_version_and_its_instructions_itself()
    {
        LoadedLibTorch loaded = LibTorchLoader.Load();

        string config = NativeText.Of(loaded.LibTorchHandle, NativeText.ShowConfig)!;
        LibTorchBuild build = LibTorchBuild.Of(loaded);

        Assert.StartsWith("PyTorch built with:", config);
        Assert.Contains($"TORCH_VERSION={build.Version},", config);
        Assert.Contains(build.CpuCapability, (string[])["AVX2", "AVX512", "DEFAULT"]);
    }

    [LinuxFact]
    public void A_function_that_is_not_there_is_not_called() =>
        Assert.Null(NativeText.Of(LibTorchLoader.Load().LibTorchHandle, "_ZN2at11show_configEv"));

    [Fact]
    public void An_archive_names_it_in_a_file_of_its_own()
    {
        string lib = Directory.CreateDirectory(_folder.File("libtorch", "lib")).FullName;
        File.WriteAllText(_folder.File("libtorch", "build-version"), "2.10.0+cu128\n");

        Assert.Equal("2.10.0+cu128", LibTorchBuild.VersionBeside(lib));
    }

    [Fact]
    public void PyTorch_names_it_in_Python()
    {
        string lib = Directory.CreateDirectory(_folder.File("torch", "lib")).FullName;
        File.WriteAllText(_folder.File("torch", "version.py"), "from typing import Optional\n__version__ = '2.11.0'\n");

        Assert.Equal("2.11.0", LibTorchBuild.VersionBeside(lib));
    }

    [Fact]
    public void A_package_names_it_in_its_folder()
    {
        string native = _folder.File("libtorch-cpu-linux-x64", "2.10.0", "runtimes", "linux-x64", "native");

        Assert.Equal("2.10.0", LibTorchBuild.VersionBeside(native));
        Assert.Null(LibTorchBuild.VersionBeside(_folder.Path));
    }

    [Theory]
    [InlineData("2.10.0")]
    [InlineData("2.10.1+cu128")]
    [InlineData(null)]
    public void Patches_of_the_same_version_fit(string? version) =>
        Assert.Null(LibTorchBuild.WarningFor(version, "2.10.0"));

    [Theory]
    [InlineData("2.11.0+cu130")]
    [InlineData("2.1.0")]
    public void Another_one_is_told_with_both_versions(string version) =>
        Assert.StartsWith(
            $"The libtorch that was loaded is {version}, but TorchSharp {LibTorchLoader.TorchSharpVersion} is built on 2.10.0: ",
            LibTorchBuild.WarningFor(version, "2.10.0")
        );
}
