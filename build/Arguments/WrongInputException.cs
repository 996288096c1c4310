namespace CircuitPipeline.BuildHost;

/// <summary>A value of the command line that only the task itself could judge is wrong; exit code 2.</summary>
public sealed class WrongInputException(string message) : Exception(message);
