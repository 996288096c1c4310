namespace CircuitPipeline.Reporting;

/// <summary>How long a stage took.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Seconds">Seconds that its items took when they ran, cached ones included.</param>
/// <param name="Items">How many work items it has.</param>
/// <param name="Cached">How many of them were taken from the store.</param>
public sealed record StageTime(string Stage, double Seconds, int Items, int Cached);
