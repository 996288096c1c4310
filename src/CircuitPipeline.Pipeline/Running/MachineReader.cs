using System.Runtime.InteropServices;

namespace CircuitPipeline.Pipeline.Running;

/// <summary>Asks the machine what it is; the one place of this room that looks around by itself.</summary>
public static class MachineReader
{
    /// <summary>Reads the facts of this machine and of the working tree in a folder.</summary>
    /// <param name="rootFolder">The folder.</param>
    public static MachineFacts Read(string rootFolder)
    {
        string commit = Git(rootFolder, "rev-parse HEAD") is { Length: > 0 } head ? head : "none";
        return new MachineFacts(
            Environment.MachineName,
            ProcessorClassOf(File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo") : []),
            RuntimeInformation.OSDescription,
            RuntimeInformation.FrameworkDescription,
            commit,
            commit != "none"
                && Git(rootFolder, "--no-optional-locks status --porcelain --untracked-files=no") is { Length: > 0 }
        );
    }

    /// <summary>Processors of one class choose the same kernels, so they give the same sums: architecture, family, model, vector width.</summary>
    /// <param name="cpuInfo">The lines of <c>/proc/cpuinfo</c>.</param>
    public static string ProcessorClassOf(IEnumerable<string> cpuInfo)
    {
        Dictionary<string, string> first = new();
        foreach (
            string[] pair in cpuInfo
                .TakeWhile(line => line.Length > 0)
                .Select(line => line.Split(':', 2))
                .Where(pair => pair.Length == 2)
        )
        {
            first.TryAdd(pair[0].Trim(), pair[1].Trim());
        }

        string[] flags = first.GetValueOrDefault("flags", "").Split(' ');
        string[] parts =
        [
            RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
            first.GetValueOrDefault("vendor_id", first.GetValueOrDefault("CPU implementer", "unknown")),
            $"family {first.GetValueOrDefault("cpu family", "?")}",
            $"model {first.GetValueOrDefault("model", first.GetValueOrDefault("CPU part", "?"))}",
            flags.Contains("avx512f") ? "avx512"
            : flags.Contains("avx2") ? "avx2"
            : "no avx2",
        ];
        return string.Join(' ', parts);
    }

    // Null where there is no git, or no repository: the commit is not known.
    private static string? Git(string folder, string arguments) =>
        ProgramOutput.Of("git", arguments.Split(' '), folder)?.Trim();
}

/// <summary>Where a run happens: recorded with every result, never part of a key.</summary>
/// <param name="Host">The machine's name.</param>
/// <param name="ProcessorClass">Machines of one class give the same bytes for the same key.</param>
/// <param name="OperatingSystem">The operating system's name and version.</param>
/// <param name="Runtime">The .NET runtime's version.</param>
/// <param name="GitCommit">The working tree's commit, or <c>none</c>.</param>
/// <param name="GitIsDirty">Whether tracked files differ from that commit.</param>
public sealed record MachineFacts(
    string Host,
    string ProcessorClass,
    string OperatingSystem,
    string Runtime,
    string GitCommit,
    bool GitIsDirty
);
