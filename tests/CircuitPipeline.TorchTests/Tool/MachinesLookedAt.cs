using System.Text.Json;
using CircuitPipeline.Study.Engine;
using CircuitPipeline.Tensors.Loading;
using CircuitPipeline.Testing;
using CircuitPipeline.Tool.Doctor;
using TorchSharp;
using Xunit;

namespace CircuitPipeline.TorchTests.ToolFront;

public sealed class MachinesLookedAt : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Can_add_tensors_where_these_tests_run()
    {
        ToolRun run = ToolRun.In(AppContext.BaseDirectory, "doctor", "--json");

        Assert.True(run.ExitCode == 0, run.Output);
        JsonElement tensors = run
            .Json.GetProperty("findings")
            .EnumerateArray()
            .Single(finding => finding.GetProperty("name").GetString() == "tensors");
        Assert.Equal("1 and 2 are added to 3", tensors.GetProperty("found").GetString());
        JsonElement engine = run.Json.GetProperty("engine");
        Assert.Equal("cpu", engine.GetProperty("device").GetString());
        Assert.Equal(LibTorchBuild.OfThisProcess.Version, engine.GetProperty("lib_torch").GetString());
        Assert.Equal(4, engine.GetProperty("trials").GetArrayLength());
        Assert.Contains(
            LibTorchLoader.Load().Shim,
            engine.GetProperty("files").EnumerateArray().Select(file => file.GetString())
        );
    }

    [Fact]
    public void Without_a_card_are_told_what_to_do_about_it()
    {
        if (torch.cuda.is_available())
        {
            return;
        }

        ToolRun run = ToolRun.In(AppContext.BaseDirectory, "doctor", "--device", "cuda");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("FAIL device: 'cuda' is asked for, but this libtorch finds no CUDA device; ", run.Output);
    }

    [Fact]
    public void With_another_device_in_mind_are_not_looked_at()
    {
        ToolRun run = ToolRun.In(AppContext.BaseDirectory, "doctor", "--device", "gpu");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("Error: '--device' is 'gpu'. ", run.Error);
    }

    [Theory]
    [InlineData(null, "run 'dotnet cake --torch=cuda'")]
    [InlineData("12.8", "it is built for CUDA 12.8: see whether 'nvidia-smi' shows a card")]
    public void Without_a_card_are_advised_by_what_libtorch_is_built_for(string? cuda, string advice)
    {
        Finding finding = EngineCheck.MissingCuda(new LibTorchBuild("2.10.0", "AVX2", cuda, null, "2024.2", "3.7.1"));

        Assert.False(finding.Ok);
        Assert.Contains(advice, finding.Advice);
    }

    [LinuxFact]
    public void Have_the_cards_that_NVIDIAs_tool_names()
    {
        string tool = Program(
            "echo 'NVIDIA H100 80GB HBM3, 580.65.06, 81559, 80994'; echo 'NVIDIA A100, 580.65.06, [N/A], 3'"
        );

        Assert.Equal(
            [
                new GraphicsCard("NVIDIA H100 80GB HBM3", "580.65.06", 81_559L << 20, 80_994L << 20),
                new GraphicsCard("NVIDIA A100", "580.65.06", 0, 3 << 20),
            ],
            GraphicsCard.All(tool)
        );
    }

    [LinuxFact]
    public void Have_none_where_it_fails_or_is_not_there()
    {
        Assert.Empty(GraphicsCard.All(Program("echo 'NVIDIA-SMI has failed'; exit 9")));
        Assert.Empty(GraphicsCard.All(_folder.File("nothing")));
    }

    [Fact]
    public void Have_a_processor_and_memory_by_the_systems_files()
    {
        string[] processor =
        [
            "processor\t: 0",
            "vendor_id\t: GenuineIntel",
            "model name\t: Intel(R) Xeon(R) @ 2.50GHz",
        ];
        string[] memory = ["MemTotal:       24684096 kB", "MemFree:  1 kB", "MemAvailable:   23000000 kB"];

        Assert.Equal(
            new DeviceFacts("Intel(R) Xeon(R) @ 2.50GHz", null, 24_684_096L << 10, 23_000_000L << 10),
            DeviceFacts.OfProcessor(processor, memory)
        );
        Assert.Equal(new DeviceFacts(null, null, 0, 0), DeviceFacts.OfProcessor([], []));
    }

    [Fact]
    public void Have_loaded_the_engines_files_among_others() =>
        Assert.Equal(
            ["/a b/lib/libtorch_cpu.so", "/usr/lib/libcudart.so.12"],
            LoadedFiles.Among([
                "7f00-7f01 r-xp 00000000 08:01 12      /a b/lib/libtorch_cpu.so",
                "7f02-7f03 r--p 00000000 08:01 12      /a b/lib/libtorch_cpu.so",
                "7f04-7f05 r--p 00000000 08:01 13      /usr/lib/libcudart.so.12",
                "7f06-7f07 r--p 00000000 08:01 14      /usr/lib/libc.so.6",
                "7f08-7f09 rw-p 00000000 00:00 0",
                "7f0a-7f0b r--s 00000000 08:01 15      /opt/libtorch/TorchSharp.dll",
            ])
        );

    private string Program(string script)
    {
        string path = _folder.File("tool");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
