using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>What a reader of the answers should know beside them.</summary>
internal static class Remarks
{
    public static IEnumerable<string> Of(StudyResults results)
    {
        if (results.Qualities.MaxBy(quality => quality.Faithfulness - quality.CircuitAccuracy) is { } gap)
        {
            yield return $"Faithfulness is not accuracy: the circuit of {gap.Model} with {NumberFormat.Significant(gap.Percent)} % of the edges has faithfulness {NumberFormat.Number(gap.Faithfulness, 2)} and answers {NumberFormat.Percent(gap.CircuitAccuracy)} of the prompts; the whole model answers {NumberFormat.Percent(gap.ModelAccuracy)}.";
        }
    }
}
