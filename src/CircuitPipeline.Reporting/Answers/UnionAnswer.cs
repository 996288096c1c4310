using CircuitPipeline.Reporting.Results;
using CircuitPipeline.Reporting.Statistics;

namespace CircuitPipeline.Reporting.Answers;

/// <summary>Whether the union of the parts' circuits can stand in for the composed task's: closer than either part, and as close as other pairs leave the circuit itself.</summary>
internal static class UnionAnswer
{
    private const string Question = "Can the union of the parts' circuits stand in for the composed task's circuit?";

    public static Answer? Of(StudyResults results)
    {
        UnionOverlap[] overlaps = [.. results.Bases.Select(one => one.Union).OfType<UnionOverlap>()];
        if (overlaps.Length == 0)
        {
            return null;
        }

        (double gain, Interval? ofGain) = MeanInterval.Of([.. overlaps.Select(one => one.Union - one.BestPart)]);
        double[] shortfalls =
        [
            .. overlaps.Where(one => one.Floor is not null).Select(one => one.Floor!.Value - one.Union),
        ];
        Interval? ofShortfall = shortfalls.Length > 1 ? MeanInterval.Of(shortfalls).Interval : null;
        AnswerVerdict verdict =
            overlaps.Length < AnswerVerdicts.BasesForAClaim ? AnswerVerdict.NotEnoughData
            : ofGain!.Value.High < 0 || ofShortfall?.Low > 0 ? AnswerVerdict.No
            : ofGain.Value.Low > 0 && ofShortfall?.High <= 0 ? AnswerVerdict.Yes
            : AnswerVerdict.CannotTell;
        double union = overlaps.Average(one => one.Union);
        double part = overlaps.Average(one => one.BestPart);
        return new Answer(
            Question,
            verdict,
            $"union {Number(union)}, better part {Number(part)}",
            $"The Jaccard index of the union's edges and the circuit's is {Number(union)}; the better part alone has {Number(part)}. {Support(verdict, overlaps.Length, gain, shortfalls.Length > 0)}",
            [
                ("Union less part", AnswerNumbers.WithInterval(gain, ofGain, overlaps.Length)),
                ("Floor", Floor(overlaps)),
                ("The paper", PaperNumbers.Union),
            ]
        );
    }

    private static string Support(AnswerVerdict verdict, int bases, double gain, bool hasFloor) =>
        verdict switch
        {
            AnswerVerdict.Yes => $"Over {bases} base models the data support it, in this setting.",
            AnswerVerdict.No when gain <= 0 => $"Over {bases} base models it is no closer than a part alone.",
            AnswerVerdict.No =>
                $"Over {bases} base models it falls short of what other pairs leave of the circuit itself.",
            AnswerVerdict.CannotTell when !hasFloor =>
                "How close the composed task's circuit comes to itself with other pairs was not measured, so that it cannot be said.",
            AnswerVerdict.CannotTell => $"Over {bases} base models the data do not settle it.",
            _ => AnswerVerdicts.TooFew(bases),
        };

    private static string Floor(UnionOverlap[] overlaps)
    {
        double[] floors = [.. overlaps.Select(one => one.Floor).OfType<double>()];
        double[] chances = [.. overlaps.Select(one => one.Chance).OfType<double>()];
        string floor =
            floors.Length == 0
                ? "the composed task's circuit from other pairs was not measured"
                : $"{Number(floors.Average())}: the composed task's circuit from other pairs";
        return chances.Length == 0 ? floor : $"{floor}; {Number(chances.Average())} by chance";
    }

    private static string Number(double value) => AnswerNumbers.Index(value);
}
