using System.Globalization;
using static TorchSharp.torch;

namespace CircuitPipeline.Training;

/// <summary>How far a training run is, after a step.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps of the whole run.</param>
/// <param name="Loss">Mean cross-entropy of the step's batch, in nats per token.</param>
/// <param name="TokensPerSecond">Tokens since the run began, without padding, by the time since then.</param>
/// <param name="Remaining">Estimated time to the end, at the speed so far.</param>
public sealed record TrainingProgress(int Step, int Steps, double Loss, double TokensPerSecond, TimeSpan Remaining)
{
    internal Func<bool, Dictionary<string, Tensor>>? Kept { get; init; }

    /// <summary>What <see cref="Trainer"/> goes on from after this step, by name: adapter, optimizer and losses. To be asked for while the step is reported.</summary>
    /// <param name="copied">Whether the tensors are copies; else they change with the next step, and are to be written at once.</param>
    /// <exception cref="InvalidOperationException">The progress is not a trainer's.</exception>
    public Dictionary<string, Tensor> State(bool copied = true) =>
        Kept?.Invoke(copied)
        ?? throw new InvalidOperationException("This progress is not a trainer's, so it has no state.");

    /// <summary>One line for a person.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"step {Step:N0} of {Steps:N0}, loss {Loss:F3}, {TokensPerSecond:N0} tokens/s, about {Math.Ceiling(Remaining.TotalSeconds):N0} s left"
        );
}
