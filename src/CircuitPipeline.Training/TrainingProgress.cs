using System.Globalization;

namespace CircuitPipeline.Training;

/// <summary>How far a training run is, after a step.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps of the whole run.</param>
/// <param name="Loss">Mean cross-entropy of the step's batch, in nats per token.</param>
/// <param name="TokensPerSecond">Tokens since the run began, padding included, by the time since then.</param>
/// <param name="Remaining">Estimated time to the end, at the speed so far.</param>
public sealed record TrainingProgress(int Step, int Steps, double Loss, double TokensPerSecond, TimeSpan Remaining)
{
    /// <summary>One line for a person.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"step {Step:N0} of {Steps:N0}, loss {Loss:F3}, {TokensPerSecond:N0} tokens/s, about {Math.Ceiling(Remaining.TotalSeconds):N0} s left"
        );
}
