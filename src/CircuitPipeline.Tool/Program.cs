using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Tool.CommandLine;

using Interruption interruption = new();
ProcessEnvironment environment = new()
{
    Output = Console.Out,
    Error = Console.Error,
    Time = TimeProvider.System,
    Processors = Environment.ProcessorCount,
    Variable = Environment.GetEnvironmentVariable,
    Cancellation = interruption.Token,
};
int exitCode = new CommandLineApp(environment).Run(args);
return exitCode != ExitCodes.Done && interruption.ExitCode is int signal ? signal : exitCode;
