using System.ComponentModel;
using System.Diagnostics;

namespace CircuitPipeline.Pipeline.Store;

/// <summary>A process, told apart from a later one with the same number.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Boot">The boot of that host; empty where the system does not name it.</param>
/// <param name="Id">The process number.</param>
/// <param name="Start">When the process started, in the system's own count.</param>
public sealed record ProcessIdentity(string Host, string Boot, int Id, string Start)
{
    private const string BootFile = "/proc/sys/kernel/random/boot_id";

    /// <summary>The process that asks.</summary>
    public static ProcessIdentity OfThisProcess() =>
        new(Environment.MachineName, ThisBoot(), Environment.ProcessId, StartOf(Environment.ProcessId) ?? "");

    /// <summary>True when it certainly runs no more: another boot of this host, or gone, or its number is another's now.</summary>
    /// <param name="seenFrom">The process that asks; only processes of its own host can be looked up.</param>
    public bool IsKnownDead(ProcessIdentity seenFrom) =>
        Host == seenFrom.Host && (Boot != seenFrom.Boot || StartOf(Id) is not { } start || start != Start);

    private static string ThisBoot() => File.Exists(BootFile) ? File.ReadAllText(BootFile).Trim() : "";

    private static string? StartOf(int id)
    {
        if (id <= 0)
        {
            return null;
        }

        try
        {
            if (OperatingSystem.IsLinux())
            {
                return StartFromProc(File.ReadAllText($"/proc/{id}/stat"));
            }

            using Process process = Process.GetProcessById(id);
            return process.StartTime.ToUniversalTime().ToString("O");
        }
        catch (Exception gone)
            when (gone
                    is IOException
                        or ArgumentException
                        or InvalidOperationException
                        or UnauthorizedAccessException
                        or Win32Exception
            )
        {
            return null;
        }
    }

    // proc(5): after the command's last ')' come field 3, the state, and, as field 22, the start in ticks since boot.
    private static string? StartFromProc(string stat)
    {
        string[] fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length < 20 || fields[0] is "Z" or "X" ? null : fields[19];
    }
}
