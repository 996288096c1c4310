using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Tool;

using var interruption = new Interruption();
var surroundings = new Surroundings
{
    Output = Console.Out,
    Error = Console.Error,
    Time = TimeProvider.System,
    Variable = Environment.GetEnvironmentVariable,
    Processors = Environment.ProcessorCount,
    Cancellation = interruption.Token,
};
int exitCode = new Front(surroundings).Run(args);
return exitCode != ExitCodes.Done && interruption.ExitCode is int signal ? signal : exitCode;
