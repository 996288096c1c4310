namespace CircuitPipeline.Circuits;

/// <summary>A circuit's file cannot be used; the message is one sentence with file, key, found and allowed.</summary>
public sealed class InvalidCircuitException(string message, Exception? cause = null) : Exception(message, cause);
