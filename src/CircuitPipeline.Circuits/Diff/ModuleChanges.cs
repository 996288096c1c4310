using System.Collections.Immutable;
using CircuitPipeline.Circuits.Graph;

namespace CircuitPipeline.Circuits.Diff;

/// <summary>Counts a diff's changes by layer and kind of node: edges by where they end.</summary>
internal static class ModuleChanges
{
    private static readonly string[] OfInputs = [ModuleChange.Query, ModuleChange.Key, ModuleChange.Value];

    /// <summary>Of each layer attention, its inputs unless they are one, and the MLP; then the logits.</summary>
    public static ImmutableArray<ModuleChange> Of(CircuitDiff diff)
    {
        ComputationGraph graph = diff.Before.Graph;
        Dictionary<Place, ChangeCounts> nodes = Counts(diff.Nodes, PlacesOfNode);
        Dictionary<Place, ChangeCounts> edges = Counts(diff.Edges, PlacesOfEdge);
        string[] inLayer = [ModuleChange.Attention, .. graph.IsCollapsed ? [] : OfInputs, ModuleChange.Mlp];
        IEnumerable<Place> all =
            from layer in Enumerable.Range(0, graph.NLayers)
            from module in inLayer
            select new Place(layer, module);
        ChangeCounts none = new(0, 0, 0);
        return
        [
            .. all.Append(new Place(graph.NLayers - 1, ModuleChange.Logits))
                .Select(place => new ModuleChange(
                    place.Layer,
                    place.Module,
                    OfInputs.Contains(place.Module) ? null : nodes.GetValueOrDefault(place, none),
                    edges.GetValueOrDefault(place, none)
                )),
        ];

        IEnumerable<Place> PlacesOfNode(Node node) =>
            ModuleOf(node) is { } module ? [new Place(graph.LayerOf(node), module)] : [];

        IEnumerable<Place> PlacesOfEdge(Edge edge) =>
            edge.Input is { } input
                ? [.. PlacesOfNode(edge.Destination), new Place(graph.LayerOf(edge.Destination), OfInputs[(int)input])]
                : PlacesOfNode(edge.Destination);
    }

    // The input belongs to no layer, and nothing ends in it.
    private static string? ModuleOf(Node node) =>
        node switch
        {
            AttentionHeadNode => ModuleChange.Attention,
            MlpNode => ModuleChange.Mlp,
            LogitsNode => ModuleChange.Logits,
            _ => null,
        };

    private static Dictionary<Place, ChangeCounts> Counts<T>(SetChange<T> change, Func<T, IEnumerable<Place>> places)
    {
        Dictionary<Place, int> added = Count(change.Added);
        Dictionary<Place, int> removed = Count(change.Removed);
        Dictionary<Place, int> shared = Count(change.Shared);
        return added
            .Keys.Union(removed.Keys)
            .Union(shared.Keys)
            .ToDictionary(
                place => place,
                place => new ChangeCounts(
                    added.GetValueOrDefault(place),
                    removed.GetValueOrDefault(place),
                    shared.GetValueOrDefault(place)
                )
            );

        Dictionary<Place, int> Count(IEnumerable<T> members) =>
            members.SelectMany(places).CountBy(place => place).ToDictionary();
    }

    private readonly record struct Place(int Layer, string Module);
}
