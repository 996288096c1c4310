namespace CircuitPipeline.Attribution;

/// <summary>A value stopped being a number; the message says at which step, in which batch and for which pair.</summary>
/// <param name="message">The sentence.</param>
public sealed class AttributionDivergedException(string message) : Exception(message);
