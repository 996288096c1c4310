using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>The answers to the study's question that stand at the top of the page.</summary>
internal static class Findings
{
    public static IEnumerable<string> Of(StudyResults results)
    {
        foreach (PairedDifference difference in results.Differences)
        {
            yield return $"{difference.Method} scores {NumberFormat.Points(difference.Difference)} points against {difference.Reference} (95 % interval {NumberFormat.PointInterval(difference.Interval)}). {Verdict.Of(difference)}";
        }

        if (results.Changes.LastOrDefault(change => change.Floors.Length > 0) is { } last)
        {
            yield return OfChange(last);
        }

        if (results.Qualities.MaxBy(quality => quality.Faithfulness - quality.CircuitAccuracy) is { } gap)
        {
            yield return $"Faithfulness is not accuracy: the circuit of {gap.Model} with {NumberFormat.Significant(gap.Percent)} % of the edges has faithfulness {NumberFormat.Number(gap.Faithfulness, 2)} and answers {NumberFormat.Percent(gap.CircuitAccuracy)} of the prompts; the whole model answers {NumberFormat.Percent(gap.ModelAccuracy)}.";
        }
    }

    private static string OfChange(CircuitChange change)
    {
        double? floor = change.Floors.Min(one => one.Edges.Jaccard);
        string against =
            change.Edges.Jaccard < floor
                ? "more than new pairs alone change in the same model"
                : "no more than new pairs alone change in the same model";
        return $"From {change.Before} to {change.After} the circuit's edges change {against}: at {NumberFormat.Significant(change.Percent)} % of the edges, Jaccard is {NumberFormat.Number(change.Edges.Jaccard, 2)} against a floor of {NumberFormat.Number(floor, 2)}.";
    }
}

/// <summary>What the study cannot settle, in plain sentences that follow from how many models it trained.</summary>
internal static class Caveats
{
    public static IEnumerable<string> Of(StudyResults results)
    {
        MethodAccuracy[] adapters = [.. results.Accuracies.Where(method => method.Role == MethodRole.Adapter)];
        SeedAccuracy[] runs = [.. adapters.SelectMany(method => method.Seeds)];
        if (runs.Length == 0)
        {
            yield break;
        }

        int bases = runs.DistinctBy(run => run.Base).Count();
        int seeds = runs.DistinctBy(run => (run.Base, run.Seed)).Count();
        yield return OfRuns(bases, seeds);
        if (bases > 1 && results.Circuits.Length > 0)
        {
            yield return $"Circuits, their changes, layers and plans are shown for the first of the {bases} base models; those of the others are in the study's folder.";
        }

        yield return OfParameters(adapters);
    }

    private static string OfRuns(int bases, int seeds) =>
        (bases, seeds) switch
        {
            (1, 1) =>
                "One base model and one adapter seed were run. The intervals say how the same trained models would score on other test items; they cannot say whether another base or another seed would put the methods in the same order. No difference between methods on this page can be generalised, whatever its interval.",
            (1, _) =>
                $"{seeds} adapter seeds were run on one base model. The base is the unit of sampling: the intervals cannot say whether another base would put the methods in the same order, so no difference between methods on this page can be generalised.",
            (< Verdict.BasesForAClaim, _) =>
                $"{bases} base models and {Plural.Of(seeds, "pair")} of base and seed were run. Fewer than {Verdict.BasesForAClaim} bases support no claim about methods, even where an interval excludes zero.",
            _ =>
                $"{bases} base models and {Plural.Of(seeds, "pair")} of base and seed were run. What holds for these small bases and this task need not hold for other models and tasks.",
        };

    private static string OfParameters(MethodAccuracy[] adapters) =>
        adapters.Select(adapter => adapter.TrainableParameters).Distinct().ToArray() switch
        {
            [var same] => $"All adapters train exactly {NumberFormat.Count(same)} parameters.",
            var several =>
                $"The adapters train between {NumberFormat.Count(several.Min())} and {NumberFormat.Count(several.Max())} parameters: part of a difference between them may come from that.",
        };
}

/// <summary>What a paired difference supports, in a sentence, and never more.</summary>
internal static class Verdict
{
    /// <summary>The pre-trained base is the unit of sampling; fewer of them support no claim.</summary>
    public const int BasesForAClaim = 5;

    public static string Of(PairedDifference difference) =>
        difference.Interval.Contains(0) ? "The interval includes zero: the data do not tell the two apart."
        : difference.Bases >= BasesForAClaim
            ? $"The interval excludes zero over {difference.Bases} base models: the data support a difference in this setting."
        : $"The interval excludes zero, but for {Plural.Of(difference.Bases, "base model")} only: other bases may differ, and fewer than {BasesForAClaim} support no claim.";
}
