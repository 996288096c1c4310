using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits;
using CircuitPipeline.Pipeline.Errors;

namespace CircuitPipeline.Tool.CommandLine;

/// <summary>Tells what went wrong for the user from bugs, which show their stack.</summary>
internal static class UserErrors
{
    /// <summary>Turns a library's guard into the user's wrong input, where the value that it guards comes from the user.</summary>
    /// <exception cref="InvalidExperimentException">The library refused a value.</exception>
    internal static T Wrap<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ArgumentException refusal)
        {
            throw new InvalidExperimentException(Sentence(refusal));
        }
    }

    /// <summary>What to tell of an exception; null for a bug.</summary>
    internal static UserError? Of(Exception exception) =>
        exception switch
        {
            InvalidExperimentException
            or InvalidDataException
            or UnknownNameException
            or UndefinedCombinationException => new UserError(ExitCodes.WrongInput, exception.Message),
            StageFailedException or AttributionDivergedException or UndefinedResultException or DllNotFoundException =>
                new UserError(ExitCodes.Failed, exception.Message),
            OperationCanceledException => new UserError(ExitCodes.Failed, "stopped; what was finished is kept."),
            IOException when DiskFull.IsCauseOf(exception) => new UserError(
                ExitCodes.Failed,
                $"{DiskFull.Clause(exception)}; nothing half-written is left, and a file that was to be replaced is as it was; make room and run again."
            ),
            IOException or UnauthorizedAccessException => new UserError(ExitCodes.Failed, exception.Message),
            TypeInitializationException { InnerException: { } inner } => Of(inner),
            _ => null,
        };

    // .NET adds the parameter's name, which means nothing to a user.
    private static string Sentence(ArgumentException refusal) =>
        refusal.ParamName is { } name ? refusal.Message.Replace($" (Parameter '{name}')", "") : refusal.Message;
}

/// <summary>What went wrong, as the user is told.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Message">The sentence, or several lines of them.</param>
internal sealed record UserError(int ExitCode, string Message)
{
    /// <summary>Prints it: lines that name their place as they are, a plain sentence as an error.</summary>
    internal void Print(TextWriter error)
    {
        bool hasPlace = Message.Contains("): error CP", StringComparison.Ordinal);
        error.WriteLine(hasPlace ? Message : $"Error: {Message}");
    }
}
