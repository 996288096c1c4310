namespace CircuitPipeline.Hub;

/// <summary>The Hub refused, the way to it failed, or what it sent is not what it promised.</summary>
/// <param name="message">One sentence: what, why, and what to do; never a token.</param>
public sealed class HubException(string message) : IOException(message);
