namespace CircuitPipeline.Pipeline.Stages;

/// <summary>What a run did in one stage.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Items">How many work items it has.</param>
/// <param name="Cached">How many of them were there already.</param>
/// <param name="Seconds">How long its items took when they were made, now or earlier.</param>
public sealed record StageRun(string Stage, int Items, int Cached, double Seconds);
