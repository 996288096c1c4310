using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Tables;

/// <summary>The tables of changes by kind of node, of robustness and of what compositions share beside chance.</summary>
internal static class MeasureTables
{
    public static Table Modules(StudyResults results) =>
        new(
            "modules.csv",
            "before,after,percent,layer,module,nodes_added,nodes_removed,nodes_shared,edges_added,edges_removed,edges_shared",
            [
                .. CircuitTables.All(results).SelectMany(one => Rows(one.Before, one.After, one.Percent, one.Modules)),
                .. CircuitTables
                    .Distinct(results)
                    .SelectMany(one => Rows(one.Floor.Model, one.Floor.Model, one.Percent, one.Floor.Modules)),
            ]
        );

    public static Table Robustness(StudyResults results) =>
        new(
            "robustness.csv",
            "model,base,percent,pairs,by,perturbed_percent,node_jaccard,edge_jaccard,collapsed_edge_jaccard",
            from one in results.Robustness
            from row in ((string By, double? Percent, CircuitOverlap Overlap)[])
                [
                    .. one.Splits.Select(overlap => ("splits", (double?)null, overlap)),
                    .. one.Perturbed.Select(perturbed => ("perturbed", (double?)perturbed.Percent, perturbed.Overlap)),
                ]
            select new object?[]
            {
                one.Model,
                one.Base,
                one.Percent,
                one.Pairs,
                row.By,
                row.Percent,
                row.Overlap.Nodes,
                row.Overlap.Edges,
                row.Overlap.CollapsedEdges,
            }
        );

    public static Table Overlaps(StudyResults results) =>
        new(
            "overlaps.csv",
            "model,base,percent,circuit,compared_with,edges,edges_shared,edge_jaccard,graph_edges,chance_shared,chance_deviation,chance_jaccard,nodes_shared,node_jaccard",
            results.Overlaps.Select(one =>
                (object?[])
                    [
                        one.Model,
                        one.Base,
                        one.Percent,
                        one.Circuit,
                        one.ComparedWith,
                        one.Edges.Added + one.Edges.Shared,
                        one.Edges.Shared,
                        one.Edges.Jaccard,
                        one.GraphEdges,
                        one.Chance.Shared,
                        one.Chance.Deviation,
                        one.Chance.Jaccard,
                        one.Nodes.Shared,
                        one.Nodes.Jaccard,
                    ]
            )
        );

    private static IEnumerable<object?[]> Rows(
        string before,
        string after,
        double percent,
        IEnumerable<ModuleChange> modules
    ) =>
        modules.Select(one =>
            (object?[])
                [
                    before,
                    after,
                    percent,
                    one.Layer,
                    one.Module,
                    one.Nodes?.Added,
                    one.Nodes?.Removed,
                    one.Nodes?.Shared,
                    one.Edges.Added,
                    one.Edges.Removed,
                    one.Edges.Shared,
                ]
        );
}
