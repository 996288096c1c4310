namespace CircuitPipeline.Pipeline.Errors;

/// <summary>A stage could not be finished: the message names the stage, the work item and the cause; exit code 1.</summary>
/// <param name="message">One sentence a failed item.</param>
/// <param name="cause">What the first failed item threw, if an item threw.</param>
public sealed class StageFailedException(string message, Exception? cause = null) : Exception(message, cause);
