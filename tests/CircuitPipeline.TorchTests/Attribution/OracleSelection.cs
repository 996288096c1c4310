using System.Text.Json;
using CircuitPipeline.Circuits;

namespace CircuitPipeline.TorchTests.Attribution;

/// <summary>A circuit that a reference library selected by a run's scores, and its values.</summary>
internal sealed class OracleSelection(ComputationGraph graph, JsonElement selection)
{
    internal string Kind => selection.GetProperty("kind").GetString()!;

    internal int EdgesAsked => selection.GetProperty("n").GetInt32();

    internal bool IsSigned => !selection.GetProperty("absolute").GetBoolean();

    internal IEnumerable<int> Selected => Edges("before_prune");

    internal IEnumerable<int> Pruned => Edges("after_prune");

    /// <summary>The circuit whose values the library measured.</summary>
    internal Circuit Circuit => new(graph, Selected, SelectionOrigin.Unknown(EdgesAsked));

    /// <summary>The circuit's values by pair; null where the library did not run it so.</summary>
    /// <param name="intervention"><c>patching</c>, <c>zero</c> or <c>mean-positional</c>.</param>
    /// <param name="metric"><c>logit_diff</c> or <c>kl</c>.</param>
    internal double[]? Values(string intervention, string metric) =>
        selection.TryGetProperty(intervention == "patching" ? "eval" : $"eval_{intervention}", out JsonElement values)
            ? [.. values.GetProperty(metric).EnumerateArray().Select(value => value.GetDouble())]
            : null;

    public override string ToString() => $"{Kind} of {EdgesAsked} edges by {(IsSigned ? "signed" : "absolute")} score";

    private IEnumerable<int> Edges(string stage) =>
        selection
            .GetProperty(stage)
            .GetProperty("edges")
            .EnumerateArray()
            .Select(name => graph.EdgeIndex(Edge.Parse(name.GetString()!))!.Value);
}
