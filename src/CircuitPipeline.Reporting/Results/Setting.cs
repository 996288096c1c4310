namespace CircuitPipeline.Reporting;

/// <summary>One thing that was set.</summary>
/// <param name="Name">What was set.</param>
/// <param name="Value">To what.</param>
/// <param name="Why">Why; may be empty.</param>
public sealed record Setting(string Name, string Value, string Why = "");
