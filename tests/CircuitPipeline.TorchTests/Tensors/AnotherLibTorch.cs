using System.Text;
using CircuitPipeline.Tensors.Loading;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.TorchTests.TensorsRoom;

/// <summary>A libtorch of the system, which TorchSharp would take by its name.</summary>
public sealed class AnotherLibTorch : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\0/lib/x86_64-linux-gnu/libtorch_cpu.so\0", true)]
    [InlineData("\0/lib/x86_64-linux-gnu/libtorch_cpu.so.1.13\0", false)]
    [InlineData("", false)]
    public void Is_known_by_the_systems_cache(string cache, bool isInReach) =>
        Assert.Equal(isInReach, ForeignLibTorch.IsInReach(Encoding.ASCII.GetBytes(cache), ""));

    [Fact]
    public void Is_known_by_the_path_of_libraries()
    {
        File.WriteAllText(_folder.File("libtorch_cpu.so"), "");

        Assert.True(ForeignLibTorch.IsInReach([], $"/nowhere::{_folder.Path}"));
        Assert.False(ForeignLibTorch.IsInReach([], "/nowhere"));
    }

    // Any library under the name does: it is not the one that TorchSharp needs.
    [LinuxFact]
    public void Is_not_loaded_in_place_of_ours()
    {
        string parts = Path.GetDirectoryName(LibTorchLoader.Load().LibTorch)!;
        File.Copy(Path.Combine(parts, "libc10.so"), _folder.File("libtorch_cpu.so"));
        File.Copy(
            Directory.GetFiles(parts, "libgomp*").Single(),
            _folder.File(Path.GetFileName(Directory.GetFiles(parts, "libgomp*").Single()))
        );

        ToolRun run = ToolRun.With(("LD_LIBRARY_PATH", _folder.Path), "doctor");

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("1 and 2 are added to 3", run.Output);
    }
}
