using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits;
using CircuitPipeline.Models;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Prompts;

namespace CircuitPipeline.Tool;

/// <summary>What went wrong, as the user is told; any other exception is a bug and shows its stack.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Message">The sentence, or several lines of them.</param>
internal sealed record Failure(int ExitCode, string Message)
{
    /// <summary>What to tell of an exception; null for a bug.</summary>
    internal static Failure? Of(Exception exception) =>
        exception switch
        {
            InvalidExperimentException
            or InvalidConfigException
            or InvalidCircuitException
            or InvalidPromptsException
            or InvalidPairsException
            or InvalidCheckpointException
            or UnknownNameException
            or UndefinedCombinationException => new Failure(ExitCodes.WrongInput, exception.Message),
            StageFailedException or AttributionDivergedException or DllNotFoundException => new Failure(
                ExitCodes.Failed,
                exception.Message
            ),
            OperationCanceledException => new Failure(ExitCodes.Failed, "stopped; what was finished is kept."),
            IOException or UnauthorizedAccessException => new Failure(ExitCodes.Failed, exception.Message),
            TypeInitializationException { InnerException: { } inner } => Of(inner),
            _ => null,
        };

    /// <summary>Prints it: lines that name their place as they are, a plain sentence as an error.</summary>
    internal void Print(TextWriter error)
    {
        bool hasPlace = Message.Contains("): error CP", StringComparison.Ordinal);
        error.WriteLine(hasPlace ? Message : $"Error: {Message}");
    }
}
