using VerifyTests;

namespace CircuitPipeline.Tests.VerifyXunitPackage;

/// <summary>A folder of its own for snapshots, so that a test can see what is written and change what was accepted.</summary>
public sealed class SnapshotFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("snapshots-").FullName;

    public string[] Files =>
        [.. Directory.GetFiles(Path).Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal)!];

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public string Write(string name, string text)
    {
        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    public string Read(string name) => File.ReadAllText(System.IO.Path.Combine(Path, name));

    /// <summary>Runs a call under the name 'Snapshot' and returns the exception's message.</summary>
    public async Task<string> Failure(SettingsTask call)
    {
        Exception error = await Xunit.Assert.ThrowsAnyAsync<Exception>(() => Named(call).ToTask());
        Xunit.Assert.Equal("VerifyException", error.GetType().Name);
        return error.Message;
    }

    /// <summary>Runs a call under the name 'Snapshot' that must succeed.</summary>
    public Task<VerifyResult> Success(SettingsTask call) => Named(call).ToTask();

    /// <summary>Accepts what a call receives, and returns it.</summary>
    public async Task<string> Text(SettingsTask call) => (await Named(call).AutoVerify()).Text;

    private SettingsTask Named(SettingsTask call) =>
        call.UseDirectory(Path).UseFileName("Snapshot").DisableRequireUniquePrefix().DisableDiff();
}
