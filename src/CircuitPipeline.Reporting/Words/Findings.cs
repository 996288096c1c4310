namespace CircuitPipeline.Reporting;

/// <summary>The answers to the study's question that stand at the top of the page.</summary>
internal static class Findings
{
    public static IEnumerable<string> Of(StudyResults results)
    {
        foreach (PairedDifference difference in results.Differences)
            yield return $"{difference.Method} scores {Shown.Points(difference.Difference)} points against {difference.Reference} (95 % interval {Shown.PointInterval(difference.Interval)}). {Verdict.Of(difference)}";
        if (results.Changes.LastOrDefault(change => change.Floors.Length > 0) is { } last)
            yield return OfChange(last);
        if (results.Qualities.MaxBy(quality => quality.Faithfulness - quality.CircuitAccuracy) is { } gap)
            yield return $"Faithfulness is not accuracy: the circuit of {gap.Model} with {Shown.Significant(gap.Percent)} % of the edges has faithfulness {Shown.Number(gap.Faithfulness, 2)} and answers {Shown.Percent(gap.CircuitAccuracy)} of the prompts; the whole model answers {Shown.Percent(gap.ModelAccuracy)}.";
    }

    private static string OfChange(CircuitChange change)
    {
        double floor = change.Floors.Min(one => one.Edges.Jaccard);
        string against =
            change.Edges.Jaccard < floor
                ? "more than new pairs alone change in the same model"
                : "no more than new pairs alone change in the same model";
        return $"From {change.Before} to {change.After} the circuit's edges change {against}: at {Shown.Significant(change.Percent)} % of the edges, Jaccard is {Shown.Number(change.Edges.Jaccard, 2)} against a floor of {Shown.Number(floor, 2)}.";
    }
}
