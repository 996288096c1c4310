using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Tables;

/// <summary>The tables about circuits, layers and plans.</summary>
internal static class CircuitTables
{
    private const string Sets =
        "nodes_added,nodes_removed,nodes_shared,node_jaccard,edges_added,edges_removed,edges_shared,edge_jaccard,edge_change_rate";

    public static Table Changes(StudyResults results) =>
        new(
            "changes.csv",
            $"before,after,percent,{Sets},edge_changes_by_nodes",
            All(results)
                .Select(one =>
                    (object?[])
                        [one.Before, one.After, one.Percent, .. Fields(one.Nodes, one.Edges), one.EdgeChangesByNodes]
                )
        );

    public static Table Floors(StudyResults results) =>
        new(
            "floors.csv",
            $"model,pairs,percent,{Sets},edge_changes_by_nodes",
            Distinct(results)
                .Select(one =>
                    (object?[])
                        [
                            one.Floor.Model,
                            one.Floor.Pairs,
                            one.Percent,
                            .. Fields(one.Floor.Nodes, one.Floor.Edges),
                            one.Floor.EdgeChangesByNodes,
                        ]
                )
        );

    public static Table Faithfulness(StudyResults results) =>
        new(
            "faithfulness.csv",
            "model,percent,edges,edges_after_pruning,faithfulness,paper_faithfulness,circuit_accuracy,model_accuracy,examples,complement_faithfulness,complement_accuracy,floor_faithfulness,floor_complement_faithfulness,floor_circuit_accuracy",
            results.Qualities.Select(one =>
                (object?[])
                    [
                        one.Model,
                        one.Percent,
                        one.Edges,
                        one.EdgesAfterPruning,
                        one.Faithfulness,
                        one.PaperFaithfulness,
                        one.CircuitAccuracy,
                        one.ModelAccuracy,
                        one.Examples,
                        one.ComplementFaithfulness,
                        one.ComplementAccuracy,
                        one.Floor?.Faithfulness,
                        one.Floor?.ComplementFaithfulness,
                        one.Floor?.CircuitAccuracy,
                    ]
            )
        );

    public static Table Layers(StudyResults results) =>
        new(
            "layers.csv",
            "rule,layer,sum,critical",
            from rule in results.LayerRules
            from layer in rule.Layers.Index()
            select new object?[]
            {
                rule.Rule,
                layer.Index,
                layer.Item,
                rule.CriticalLayers.Contains(layer.Index) ? "yes" : "no",
            }
        );

    public static Table Plans(StudyResults results) =>
        new(
            "plans.csv",
            "plan,rule,why,critical_layers,ranks,alpha_over_rank,trainable_parameters,budget_parameters",
            results.Plans.Select(one =>
                (object?[])
                    [
                        one.Name,
                        one.Rule,
                        one.Why,
                        one.CriticalLayers,
                        one.Ranks,
                        one.AlphaOverRank,
                        one.TrainableParameters,
                        one.BudgetParameters,
                    ]
            )
        );

    public static Table Edges(StudyResults results) =>
        new(
            "edges.csv",
            "model,edge,score",
            from circuit in results.Circuits
            from edge in circuit.Edges
            select new object?[] { circuit.Model, edge.Name, edge.Score }
        );

    public static Table Trajectories(StudyResults results) =>
        new(
            "trajectories.csv",
            "series,model,edge,score",
            from series in results.Trajectories
            from circuit in series.Circuits
            from edge in circuit.Edges
            select new object?[] { series.Name, circuit.Model, edge.Name, edge.Score }
        );

    public static Table Composition(StudyResults results) =>
        new(
            "composition.csv",
            $"circuit,compared_with,{Sets},note",
            results.Composition.Select(one =>
                (object?[])[one.Circuit, one.ComparedWith, .. Fields(one.Nodes, one.Edges), one.Note]
            )
        );

    /// <summary>All changes of a study: from the base model, from checkpoint to checkpoint, and those of other methods.</summary>
    internal static IEnumerable<CircuitChange> All(StudyResults results) =>
        [.. results.Changes, .. results.Transitions, .. results.MethodChanges];

    /// <summary>Their floors, each once.</summary>
    internal static IEnumerable<(double Percent, ResamplingFloor Floor)> Distinct(StudyResults results) =>
        All(results)
            .SelectMany(change => change.Floors.Select(floor => (change.Percent, Floor: floor)))
            .DistinctBy(one => (one.Percent, one.Floor.Model, one.Floor.Pairs, one.Floor.Nodes, one.Floor.Edges));

    internal static object?[] Fields(ChangeCounts nodes, ChangeCounts edges) =>
        [
            nodes.Added,
            nodes.Removed,
            nodes.Shared,
            nodes.Jaccard,
            edges.Added,
            edges.Removed,
            edges.Shared,
            edges.Jaccard,
            edges.ChangeRate,
        ];
}
