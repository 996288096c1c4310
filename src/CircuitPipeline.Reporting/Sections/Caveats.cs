using CircuitPipeline.Reporting.Answers;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

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
            yield return $"The answers count all {bases} base models and the drawing has the circuits of each; the tables of checkpoints, layers and plans are of the first, those of the others are in the study's folder.";
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
            (< AnswerVerdicts.BasesForAClaim, _) =>
                $"{bases} base models and {Plural.Of(seeds, "pair")} of base and seed were run. Fewer than {AnswerVerdicts.BasesForAClaim} bases support no claim about methods, even where an interval excludes zero.",
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
