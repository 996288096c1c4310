using System.Diagnostics;
using CircuitPipeline.Circuits.Adapters;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Store;
using CircuitPipeline.Training.Adapters;
using Xunit;

namespace CircuitPipeline.Tests.Hostility;

/// <summary>A named pipe has no length, and reading it waits for whoever writes: it is refused before.</summary>
public sealed class PipesInPlaceOfFiles : IDisposable
{
    // Far more than a refusal takes; a reader that waits would wait for ever.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("circuitpipeline-pipes-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task Are_no_configuration_of_an_adapter() => Refused(path => PeftAdapterConfig.Read(path));

    [Fact]
    public Task Are_no_configuration_of_a_model() => Refused(path => HuggingFaceConfig.Read(path));

    [Fact]
    public Task Are_no_circuit() => Refused(path => CircuitFile.Read(path));

    [Fact]
    public Task Are_no_scores() => Refused(path => ScoresFile.Read(path));

    [Fact]
    public Task Are_no_weights() => Refused(path => Safetensors.Entries(path));

    [Fact]
    public Task Are_no_files_that_digests_are_kept_of() =>
        Refused(path => new FileDigests(_folder, TimeProvider.System).Of(path));

    [Fact]
    public Task Are_no_index_of_weights() =>
        Refused(path => CheckpointContents.Of(Path.GetDirectoryName(path)!), "model.safetensors.index.json");

    [Fact]
    public Task Are_no_weights_of_an_adapter() =>
        Refused(
            path =>
            {
                string config = Path.Combine(_folder, PeftAdapterConfig.FileName);
                File.WriteAllText(config, """{"peft_type": "LORA", "target_modules": ["c_attn"]}""");
                PeftFolder.Open(_folder);
            },
            PeftFolder.WeightsFile
        );

    private async Task Refused(Action<string> read, string name = "file.json")
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        string path = Path.Combine(_folder, name);
        using (Process mkfifo = Process.Start("mkfifo", [path]))
        {
            await mkfifo.WaitForExitAsync();
        }

        InvalidDataException refusal = await Assert
            .ThrowsAsync<InvalidDataException>(() => Task.Run(() => read(path)))
            .WaitAsync(Longest);

        Assert.StartsWith($"{path}: this is a pipe or a device, but ", refusal.Message);
    }
}
