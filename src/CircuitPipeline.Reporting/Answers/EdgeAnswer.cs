using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;
using CircuitPipeline.Reporting.Statistics;

namespace CircuitPipeline.Reporting.Answers;

/// <summary>Whether edges change more than nodes, each beyond its floor.</summary>
/// <remarks>
/// A base's change beyond the floor is the floor's Jaccard index, the lower of the two models', less that of before and
/// after. Over bases, the mean of the edges' less the nodes' has Student's interval.
/// </remarks>
internal static class EdgeAnswer
{
    private const string Question = "Do edges change more than nodes, beyond what other prompt pairs alone change?";

    public static Answer? Of(StudyResults results)
    {
        CircuitChange[] changes =
        [
            .. results
                .Bases.Select(one => one.Change)
                .OfType<CircuitChange>()
                .Where(change => change.Floors.Length > 0),
        ];
        if (changes.Length == 0 && results.Changes.LastOrDefault(change => change.Floors.Length > 0) is { } only)
        {
            changes = [only];
        }

        return changes.Length == 0 ? null : Of(changes);
    }

    /// <summary>The floor of the edges' Jaccard index: the lower of the two models'.</summary>
    public static double EdgeFloor(CircuitChange change) => change.Floors.Min(floor => Index(floor.Edges));

    /// <summary>The floor of the nodes' Jaccard index, likewise.</summary>
    public static double NodeFloor(CircuitChange change) => change.Floors.Min(floor => Index(floor.Nodes));

    /// <summary>The Jaccard index; two empty sets are the same.</summary>
    public static double Index(ChangeCounts change) => change.Jaccard ?? 1;

    private static Answer Of(CircuitChange[] changes)
    {
        double[] edges = [.. changes.Select(change => EdgeFloor(change) - Index(change.Edges))];
        double[] nodes = [.. changes.Select(change => NodeFloor(change) - Index(change.Nodes))];
        (double beyond, Interval? ofEdges) = MeanInterval.Of(edges);
        (double more, Interval? ofMore) = MeanInterval.Of([.. edges.Zip(nodes, (edge, node) => edge - node)]);
        AnswerVerdict verdict =
            changes.Length < AnswerVerdicts.BasesForAClaim ? AnswerVerdict.NotEnoughData
            : ofEdges!.Value.Low > 0 && ofMore!.Value.Low > 0 ? AnswerVerdict.Yes
            : ofMore!.Value.High < 0 ? AnswerVerdict.No
            : AnswerVerdict.CannotTell;
        return new Answer(
            Question,
            verdict,
            $"edges {Number(beyond)} and nodes {Number(nodes.Average())} below their floors",
            $"The overlap of before and after (Jaccard) is below its floor by {Number(beyond)} for edges and by {Number(nodes.Average())} for nodes{(changes.Length > 1 ? ", on average" : "")}. {Support(verdict, changes.Length, beyond)} Most nodes are in at these sizes, so nodes could hardly change more.",
            [
                ("Measured", Measured(changes)),
                ("Edges less nodes", AnswerNumbers.WithInterval(more, ofMore, changes.Length)),
                ("Floor", Floors(changes)),
                ("The paper", PaperNumbers.EdgesAndNodes),
            ]
        );
    }

    private static string Support(AnswerVerdict verdict, int bases, double beyond) =>
        verdict switch
        {
            AnswerVerdict.Yes => $"Over {bases} base models the data support that edges change more, in this setting.",
            AnswerVerdict.No => $"Over {bases} base models the data support the opposite, in this setting.",
            AnswerVerdict.CannotTell =>
                $"Over {bases} base models the data do not tell this from no difference, or the edges' change from their floor.",
            _ => (beyond > 0 ? "" : "The edges' change is within its floor. ") + AnswerVerdicts.TooFew(bases),
        };

    private static string Measured(CircuitChange[] changes) =>
        $"Jaccard {Number(changes.Average(change => Index(change.Edges)))} of edges and {Number(changes.Average(change => Index(change.Nodes)))} of nodes, from {changes[0].Before} to {changes[0].After} with {NumberFormat.Significant(changes[0].Percent)} % of the edges";

    private static string Floors(CircuitChange[] changes) =>
        $"{Number(changes.Average(EdgeFloor))} of edges and {Number(changes.Average(NodeFloor))} of nodes: the same model, {NumberFormat.Count(changes[0].Floors.Min(floor => floor.Pairs))} other pairs, the lower of before and after";

    private static string Number(double value) => AnswerNumbers.Index(value);
}
