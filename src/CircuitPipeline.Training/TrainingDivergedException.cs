namespace CircuitPipeline.Training;

/// <summary>A loss or gradient stopped being a number; the message says at which step, what went before, and what helps.</summary>
/// <param name="message">The sentence.</param>
public sealed class TrainingDivergedException(string message) : Exception(message);
