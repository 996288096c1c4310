using System.Diagnostics;
using LibTorch;

namespace CircuitPipeline.BuildHost;

/// <summary>This machine.</summary>
public sealed class Machine(Func<string, string?> environment, CancellationToken cancellation) : IMachine
{
    private static readonly string[] BlasNames = ["libopenblas*.so*", "libmkl_rt.so*"];

    public bool IsRoot => Environment.IsPrivilegedProcess;

    public bool HasFastBlas =>
        LibraryFolders().Any(folder => BlasNames.Any(name => Directory.EnumerateFiles(folder, name).Any()));

    public string? Variable(string name) => environment(name);

    public bool HasProgram(string name) =>
        (environment("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));

    public LibTorchInstallation? FindLibTorch() => LibTorchLocator.Find(environment);

    public bool HasNativeFile(LibTorchInstallation libTorch) => NativeFile.IsBuilt(libTorch, environment);

    public void BuildNativeFile(LibTorchInstallation libTorch, Action<string> say) =>
        NativeFile.Build(libTorch, environment, say);

    public int Run(string program, string[] arguments, string? log)
    {
        using var process = new Process();
        process.StartInfo = new(program, arguments)
        {
            RedirectStandardOutput = log is not null,
            RedirectStandardError = log is not null,
        };
        using TextWriter? file = log is null ? null : TextWriter.Synchronized(File.AppendText(log));
        process.OutputDataReceived += (_, line) => file?.WriteLine(line.Data);
        process.ErrorDataReceived += (_, line) => file?.WriteLine(line.Data);
        process.Start();
        if (log is not null)
        {
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        using CancellationTokenRegistration _ = cancellation.Register(() => process.Kill(entireProcessTree: true));
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        return process.ExitCode;
    }

    private static IEnumerable<string> LibraryFolders() =>
        new[] { "/usr/lib", "/usr/lib64", "/usr/local/lib" }
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateDirectories(folder, "*-linux-gnu*").Prepend(folder));
}
