namespace CircuitPipeline.Experiments;

/// <summary>What one layer rule says.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Why">What it orders layers by.</param>
/// <param name="CriticalLayers">The layers that it calls critical, the first one first.</param>
/// <param name="Layers">Its number for each layer.</param>
internal sealed record RuleRow(string Rule, string Why, int[] CriticalLayers, double[] Layers);
