using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Running;

namespace CircuitPipeline.BuildHost;

/// <summary>Exit codes of the build: Frosting itself knows only 0 and 255.</summary>
public static class ExitCode
{
    public const int Failed = 1;
    public const int WrongInput = 2;

    /// <summary>A signal's code wins, because what it interrupts fails in any way.</summary>
    public static int Of(int frosting, Exception? failure, Interruption interruption) =>
        frosting == 0 ? 0
        : interruption.ExitCode is { } signal ? signal
        : IsWrongInput(failure) ? WrongInput
        : Failed;

    private static bool IsWrongInput(Exception? failure) =>
        failure switch
        {
            null => false,
            InvalidExperimentException or WrongInputException => true,
            AggregateException several => several.InnerExceptions.Any(IsWrongInput),
            _ => IsWrongInput(failure.InnerException),
        };
}
