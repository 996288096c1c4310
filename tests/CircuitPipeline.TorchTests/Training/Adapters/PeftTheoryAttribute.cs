using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace CircuitPipeline.TorchTests.Training.Adapters;

/// <summary>A test that runs Hugging Face's PEFT itself; shown as skipped, with how to have it, where no Python has it.</summary>
public sealed class PeftTheoryAttribute : TheoryAttribute
{
    public PeftTheoryAttribute() => Skip = PythonWithPeft.Lack;
}

/// <summary>The Python of an environment variable, or <c>python3</c>, where it has peft, transformers and torch.</summary>
internal static class PythonWithPeft
{
    private const string Variable = "CIRCUITPIPELINE_PYTHON";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    internal static string? Lack { get; } =
        Run("import peft, transformers, torch").ExitCode == 0
            ? null
            : $"No Python has 'peft', 'transformers' and 'torch' here; name one that does in {Variable}.";

    private static string Program =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } program ? program : "python3";

    /// <summary>Runs a script; the exit code is -1 where the program cannot be started or does not end.</summary>
    internal static (int ExitCode, string Output, string Error) Run(string script, params string[] arguments)
    {
        ProcessStartInfo start = new(Program, ["-c", script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HF_HUB_OFFLINE"] = "1";
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                return (-1, "", $"no end after {Patience}");
            }

            return (process.ExitCode, output.Result, error.Result);
        }
        catch (Win32Exception cause)
        {
            return (-1, "", cause.Message);
        }
    }
}
