namespace CircuitPipeline.Pipeline.Errors;

/// <summary>The user's input is wrong: the message says all that the user needs, one problem a line; exit code 2.</summary>
/// <param name="message">Every problem found, one a line.</param>
public sealed class InvalidExperimentException(string message) : Exception(message);
