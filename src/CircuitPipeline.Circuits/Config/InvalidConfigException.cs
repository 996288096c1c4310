namespace CircuitPipeline.Circuits;

/// <summary>A model's <c>config.json</c> cannot be used; the message is one sentence with file, key, found and allowed.</summary>
public class InvalidConfigException(string message, Exception? cause = null) : Exception(message, cause);
