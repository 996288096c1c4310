using System.Text.Json;
using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.TorchTests.Attribution;

/// <summary>A circuit that a reference library selected by a run's scores, and its values.</summary>
internal sealed class OracleSelection(ComputationGraph graph, JsonElement selection)
{
    internal string Kind => selection.GetProperty("kind").GetString()!;

    internal int EdgesAsked => selection.GetProperty("n").GetInt32();

    internal bool IsSigned => !selection.GetProperty("absolute").GetBoolean();

    internal IEnumerable<int> Selected => Edges("before_prune");

    internal IEnumerable<int> Pruned => Edges("after_prune");

    /// <summary>The circuit whose values the library measured: for zero and means, pruning changes them.</summary>
    internal Circuit Circuit => new(graph, Pruned, SelectionOrigin.Unknown(EdgesAsked));

    public override string ToString() => $"{Kind} of {EdgesAsked} edges by {(IsSigned ? "signed" : "absolute")} score";

    /// <summary>The circuit's values by pair; null where the library did not run it so.</summary>
    /// <param name="intervention">What replaces the edges outside it.</param>
    /// <param name="metric"><c>logit_diff</c> or <c>kl</c>.</param>
    internal double[]? Values(Intervention intervention, string metric) =>
        selection.TryGetProperty(
            intervention == Intervention.Patching ? "eval" : $"eval_{EnumNames.Of(intervention)}",
            out JsonElement values
        )
            ? [.. values.GetProperty(metric).EnumerateArray().Select(value => value.GetDouble())]
            : null;

    private IEnumerable<int> Edges(string stage) =>
        selection
            .GetProperty(stage)
            .GetProperty("edges")
            .EnumerateArray()
            .Select(name => graph.EdgeIndex(Edge.Parse(name.GetString()!))!.Value);
}
