namespace CircuitPipeline.Models;

/// <summary>A checkpoint cannot be read; the message is one sentence with file, place, found and allowed.</summary>
/// <param name="message">The sentence.</param>
/// <param name="cause">What failed underneath, where something did.</param>
public sealed class InvalidCheckpointException(string message, Exception? cause = null) : Exception(message, cause);
