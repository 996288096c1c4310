namespace CircuitPipeline.Prompts;

/// <summary>A prompt, or a file of prompts, cannot be used; the message is one sentence with place, found and allowed.</summary>
public sealed class InvalidPromptsException(string message, Exception? cause = null) : Exception(message, cause);
