#nullable enable
using System.Diagnostics;
using System.Runtime.InteropServices;

/// <summary>Runs dotnet on this console and waits for it, whatever signal arrives.</summary>
internal static class HostProcess
{
    public static int Run(string root, string program, string[] arguments, Supply supply) =>
        Start(root, ["exec", program, .. arguments], supply);

    public static int Start(string root, string[] arguments, Supply supply)
    {
        using Process process = new();
        process.StartInfo = new("dotnet", arguments) { WorkingDirectory = root };
        foreach ((string name, string value) in supply.Properties)
        {
            process.StartInfo.Environment[name] = value;
        }

        process.Start();
        // Ctrl-C in a terminal reaches the child as well; a signal to this process alone is handed on.
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(
            PosixSignal.SIGINT,
            context => context.Cancel = true
        );
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM,
            context =>
            {
                context.Cancel = true;
                Signal(process.Id, 15);
            }
        );
        process.WaitForExit();
        return process.ExitCode;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);
}
