using System.Diagnostics;
using System.Runtime.Intrinsics.X86;
using System.Text;
using System.Text.RegularExpressions;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.TorchTests.Studies;

/// <summary>
/// Reproducible numerics against QEMU's emulation of processors with AVX2: from the corpus to the report every digest of a small
/// study is that of this processor. Evidence, not proof: an emulator computes each instruction as the manual says, so it cannot
/// tell of instructions whose results the manual leaves open; those (approximate reciprocals) it computes exactly, and that would show.
/// </summary>
public sealed class StudiesOnOtherProcessors : IDisposable
{
    internal const string Vendor = "the processor's vendor";

    // .NET's signals do not always survive the emulation: a crash is tried again, and what was finished is kept.
    private const int Tries = 8;
    private const int Crashed = 128 + 11;

    private static readonly string Tool = Path.Combine(AppContext.BaseDirectory, "CircuitPipeline.Tool.dll");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Slow]
    [EmulatorTheory]
    [InlineData("Haswell,vendor=GenuineIntel", "GenuineIntel")]
    [InlineData("EPYC", "AuthenticAMD")]
    public void Give_the_same_bytes(string processor, string vendor)
    {
        Assert.Equal(vendor, Run(["-cpu", processor], typeof(ChildProcess).Assembly.Location, Vendor).Trim());

        string here = LockOf("here", []);
        string there = LockOf("there", ["-cpu", processor]);

        Assert.Equal(33, Regex.Count(here, "\"key\""));
        Assert.Contains("\"numerics\": \"reproducible\"", here);
        Assert.Equal(here, there);
    }

    /// <summary>Prints what the processor calls its vendor.</summary>
    internal static Action? Named(string name) =>
        name == Vendor
            ? () =>
            {
                (_, int b, int c, int d) = X86Base.CpuId(0, 0);
                byte[] text = [.. new[] { b, d, c }.SelectMany(BitConverter.GetBytes)];
                Console.WriteLine(Encoding.ASCII.GetString(text));
            }
            : null;

    private string LockOf(string name, string[] emulation)
    {
        string experiments = _folder.File(name, "experiments");
        Directory.CreateDirectory(experiments);
        File.WriteAllText(Path.Combine(experiments, "small.yaml"), SmallSpec.Yaml());
        Run(
            emulation,
            Tool,
            "run",
            "--root",
            _folder.File(name),
            "--experiment",
            "small",
            "--jobs",
            "1",
            "--update-lock"
        );
        string text = File.ReadAllText(Path.Combine(experiments, "small.lock.json"));
        // The system's file of processors is not emulated, so the lock names this one in any case.
        return Regex.Replace(text, "\"processor\": .*", "");
    }

    private static string Run(string[] emulation, params string[] arguments)
    {
        string host = Environment.ProcessPath!;
        Assert.Equal("dotnet", Path.GetFileNameWithoutExtension(host));
        for (int attempt = 1; ; attempt++)
        {
            ProcessStartInfo start =
                emulation.Length > 0
                    ? new(EmulatorTheoryAttribute.Program, [.. emulation, host, .. arguments])
                    : new(host, arguments);
            start.RedirectStandardOutput = true;
            start.RedirectStandardError = true;
            // Fewer threads and signals, of which the emulator loses some.
            start.Environment["DOTNET_gcConcurrent"] = "0";
            start.Environment["DOTNET_TieredPGO"] = "0";
            // Code that is mapped twice, to be written and to be run, is what it loses most.
            start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == Crashed && emulation.Length > 0 && attempt < Tries)
            {
                continue;
            }

            Assert.True(process.ExitCode == 0, $"ended with {process.ExitCode}: {output}{error.Result}");
            return output;
        }
    }
}
