using System.Diagnostics;
using System.Runtime.InteropServices;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.BuildHost.Bridge;

/// <summary>
/// A repository with the real build.cake and a host that only tells what it was started with, so that a start takes
/// a second. The script cache is the repository's: compiling the script takes 3 s per mode of Cake.
/// </summary>
public sealed class BridgeFolder : IDisposable
{
    public BridgeFolder()
    {
        Directory.CreateDirectory(Path.Combine(Root, "build", "bridge"));
        Copy("build.cake", "dotnet-tools.json");
        foreach (string file in Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "build", "bridge")))
        {
            Copy(Path.GetRelativePath(RepositoryRoot.Path, file));
        }

        string cache = Path.Combine(RepositoryRoot.Path, "tools", "cache");
        Write(
            "cake.config",
            File.ReadAllText(Path.Combine(RepositoryRoot.Path, "cake.config")) + $"[Paths]\nCache={cache}\n"
        );
        Write("Directory.Build.props", "<Project />");
        new SupplyFile(Path.Combine(Root, "supply.props")).Write(new Supply("stand-in", "stand-in"));
        Write("build/Build.csproj", EchoHost.Project);
        Write("build/Program.cs", "return args.Length +;");
        Broken = Start();
        Write("build/Program.cs", EchoHost.Program);
        Changed = Start("--exit=7");
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("bridge-").FullName;

    /// <summary>The first start, with a host that does not compile.</summary>
    public BridgeRun Broken { get; }

    /// <summary>The second start, after its sources changed.</summary>
    public BridgeRun Changed { get; }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public void Write(string name, string text) => File.WriteAllText(Path.Combine(Root, name), text);

    public BridgeRun Start(params string[] arguments) => Start(_ => { }, arguments);

    /// <summary>A start that tells the process group to <paramref name="whenReady"/> once the host prints "ready".</summary>
    public BridgeRun Start(Action<int> whenReady, params string[] arguments)
    {
        using Process process = new();
        // A session of its own, so that a test can send Ctrl-C to all of its processes as a terminal does.
        process.StartInfo = new("setsid", ["dotnet", "cake", .. arguments])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process.Start();
        Task<string> error = process.StandardError.ReadToEndAsync();
        List<string> lines = [];
        while (process.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(line);
            if (line == "ready")
            {
                whenReady(process.Id);
            }
        }

        process.WaitForExit();
        return new(process.ExitCode, [.. lines], error.Result);
    }

    [DllImport("libc", EntryPoint = "kill")]
    public static extern int Signal(int processOrGroup, int signal);

    private void Copy(params string[] names)
    {
        foreach (string name in names)
        {
            File.Copy(Path.Combine(RepositoryRoot.Path, name), Path.Combine(Root, name));
        }
    }
}

[CollectionDefinition(Name)]
public sealed class BridgeCollection : ICollectionFixture<BridgeFolder>
{
    public const string Name = "bridge";
}

public sealed record BridgeRun(int ExitCode, string[] Lines, string Error);
