namespace CircuitPipeline.Circuits;

/// <summary>
/// What was asked for is not defined for this input, as a similarity of empty sets; the message says what, and why. No number is
/// given in its place.
/// </summary>
/// <param name="message">The sentence.</param>
public sealed class UndefinedResultException(string message) : Exception(message);
