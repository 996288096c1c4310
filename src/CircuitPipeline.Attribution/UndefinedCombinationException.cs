namespace CircuitPipeline.Attribution;

/// <summary>
/// Method, metric, intervention and options do not go together; the message says why and what is defined. Nothing is ever
/// computed in place of what was asked for.
/// </summary>
/// <param name="message">The sentence.</param>
public sealed class UndefinedCombinationException(string message) : Exception(message);
