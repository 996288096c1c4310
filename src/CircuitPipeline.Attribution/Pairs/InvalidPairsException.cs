namespace CircuitPipeline.Attribution;

/// <summary>Prompt pairs cannot be compared token by token; the message names the row.</summary>
/// <param name="message">The sentence.</param>
/// <param name="inner">What was wrong with the words, if that is the cause.</param>
public sealed class InvalidPairsException(string message, Exception? inner = null) : Exception(message, inner);
