namespace CircuitPipeline.Reporting;

/// <summary>Writes the results for machines: one CSV file per table, one JSON file with everything.</summary>
/// <remarks>
/// Accuracies, Jaccard indices and change rates are shares from 0 to 1, differences are differences of shares; losses are in
/// nats, scores in units of the metric, times in seconds. An empty field was not measured. Several layers or ranks in one
/// field are separated by blanks. Added, removed and shared count what is only after, only before, and in both.
/// </remarks>
public static class ResultTables
{
    /// <summary>Writes the files; the same results give the same bytes.</summary>
    /// <param name="results">The results.</param>
    /// <returns><c>accuracy</c>, <c>seeds</c>, <c>differences</c>, <c>checkpoints</c>, <c>changes</c>, <c>floors</c>, <c>faithfulness</c>, <c>layers</c>, <c>plans</c>, <c>edges</c>, <c>composition</c> and <c>stages.csv</c>, then <c>results.json</c>.</returns>
    /// <exception cref="ArgumentException">A number of the results is not finite.</exception>
    public static IReadOnlyList<ResultTable> Write(StudyResults results) =>
        [
            AccuracyTables.Accuracy(results),
            AccuracyTables.Seeds(results),
            AccuracyTables.Differences(results),
            AccuracyTables.Checkpoints(results),
            CircuitTables.Changes(results),
            CircuitTables.Floors(results),
            CircuitTables.Faithfulness(results),
            CircuitTables.Layers(results),
            CircuitTables.Plans(results),
            CircuitTables.Edges(results),
            CircuitTables.Composition(results),
            Stages(results),
            new("results.json", ResultsJson.Write(results)),
        ];

    private static ResultTable Stages(StudyResults results) =>
        Csv.Table(
            "stages.csv",
            "stage,seconds,items,cached",
            results.Stages.Select(stage => (object?[])[stage.Stage, stage.Seconds, stage.Items, stage.Cached])
        );
}
