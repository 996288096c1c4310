namespace CircuitPipeline.Attribution;

/// <summary>A word names no method, metric, intervention or the like; the message says which words do.</summary>
/// <param name="message">The sentence.</param>
public sealed class UnknownNameException(string message) : Exception(message);
