using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Answers;

/// <summary>Whether a method beats another on the same items.</summary>
internal static class MethodAnswer
{
    private const string Circuit = "circuitlora";
    private const string Random = "randomlora";
    private const string Uniform = "lora";

    public static Answer? OfCircuitLora(StudyResults results) =>
        Of(
            results,
            Find(results, Circuit, Uniform),
            "Does CircuitLoRA beat LoRA at the same number of trained parameters?",
            Find(results, Random, Uniform) is { } chance
                ? $"layers drawn by chance give {Points(chance)}"
                : "no run with layers drawn by chance",
            PaperNumbers.CircuitLora
        );

    public static Answer? OfRandomLora(StudyResults results) =>
        Of(
            results,
            Find(results, Circuit, Random),
            "Does it beat RandomLoRA, the same ranks at layers drawn by chance?",
            "the layers drawn by chance are the floor themselves",
            PaperNumbers.RandomLora
        );

    private static PairedDifference? Find(StudyResults results, string method, string reference) =>
        results.Differences.FirstOrDefault(one => Name(one.Method) == method && Name(one.Reference) == reference);

    private static Answer? Of(
        StudyResults results,
        PairedDifference? difference,
        string question,
        string floor,
        string paper
    )
    {
        if (difference is null)
        {
            return null;
        }

        AnswerVerdict verdict =
            difference.Bases < AnswerVerdicts.BasesForAClaim ? AnswerVerdict.NotEnoughData
            : difference.Interval.Contains(0) ? AnswerVerdict.CannotTell
            : difference.Difference > 0 ? AnswerVerdict.Yes
            : AnswerVerdict.No;
        return new Answer(
            question,
            verdict,
            $"{NumberFormat.Points(difference.Difference)} points ({NumberFormat.PointInterval(difference.Interval)})",
            $"{difference.Method} scores {NumberFormat.Points(difference.Difference)} points against {difference.Reference}. {Support(difference)}{Confounded(results)}",
            [
                ("Measured", Measured(results, difference)),
                (
                    "Interval",
                    $"95 %: {NumberFormat.PointInterval(difference.Interval)} points, over {Sampled(difference)}"
                ),
                ("Floor", floor),
                ("The paper", paper),
            ]
        );
    }

    private static string Support(PairedDifference difference) =>
        difference.Bases < AnswerVerdicts.BasesForAClaim
            ? $"{(difference.Interval.Contains(0) ? "The interval includes zero even on the same models. " : "On these trained models that is more than other test items would change. ")}{AnswerVerdicts.TooFew(difference.Bases)}"
        : difference.Interval.Contains(0)
            ? $"Over {difference.Bases} base models the interval includes zero: the data do not tell the two apart."
        : $"Over {difference.Bases} base models the interval excludes zero: the data support a difference, in this setting.";

    // What else than the circuit could make the difference.
    private static string Confounded(StudyResults results)
    {
        string rate =
            results.Protocol?.Traps.Any(trap => trap is { Key: "critical_rate_factor", IsOpen: true }) == true
                ? " The layers of higher rank also learn at another rate here, so that it is not the ranks' alone."
                : "";
        return results.Plans.FirstOrDefault(plan => Name(plan.Name) == Circuit) is { } plan && IsFirstLayers(plan)
            ? $"{rate} The plan gives more rank to {(plan.CriticalLayers.Length == 1 ? "the first layer" : $"the first {plan.CriticalLayers.Length} layers")}, so that it cannot be told from a rule that always does."
            : rate;
    }

    private static bool IsFirstLayers(PlanSummary plan) =>
        plan.CriticalLayers.Length > 0
        && plan.CriticalLayers.Order().SequenceEqual(Enumerable.Range(0, plan.CriticalLayers.Length));

    private static string Measured(StudyResults results, PairedDifference difference) =>
        $"{Accuracy(results, difference.Method)} against {Accuracy(results, difference.Reference)}";

    private static string Accuracy(StudyResults results, string name) =>
        results.Accuracies.FirstOrDefault(one => one.Method == name) is { } method
            ? $"{NumberFormat.Percent(method.Accuracy)} with {NumberFormat.Count(method.TrainableParameters)} parameters"
            : name;

    private static string Points(PairedDifference difference) =>
        $"{NumberFormat.Points(difference.Difference)} points against {difference.Reference} ({NumberFormat.PointInterval(difference.Interval)})";

    private static string Sampled(PairedDifference difference) =>
        $"{Plural.Of(difference.Bases, "base model")}, {Plural.Of(difference.Pairs, "pair")} of runs and {Plural.Of(difference.Items, "test item")}";

    private static string Name(string method) => method.Replace("-", "").ToLowerInvariant();
}
