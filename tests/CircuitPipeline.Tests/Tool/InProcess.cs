using System.Text.Json;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tests.ToolFront;

/// <summary>One command line run inside the test, with everything it printed.</summary>
internal sealed record InProcess(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static InProcess Run(params IEnumerable<string> arguments) => Run(_ => null, arguments);

    /// <summary>A run that sees these environment variables alone.</summary>
    public static InProcess Run(Func<string, string?> variable, params IEnumerable<string> arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exitCode = new CommandLineApp(
            new ProcessEnvironment
            {
                Output = output,
                Error = error,
                Time = TimeProvider.System,
                Processors = 1,
                Variable = variable,
                Cancellation = CancellationToken.None,
            }
        ).Run([.. arguments]);
        return new InProcess(exitCode, output.ToString(), error.ToString());
    }
}
