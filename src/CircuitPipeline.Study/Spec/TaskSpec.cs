using System.ComponentModel.DataAnnotations;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Text.Tasks;

namespace CircuitPipeline.Study.Spec;

/// <summary>A prompt task of a study: one that the house knows, drawn for the study's model, or one whose pairs are read from files.</summary>
public sealed record TaskSpec : ICheckedSpec
{
    /// <summary>Which task is drawn.</summary>
    /// <value>By default none, and <c>pairs</c> names files.</value>
    [AllowedValues(
        "add-sub",
        "mul-div",
        "sequence",
        "lcm",
        "function",
        "two-step",
        "greater-than",
        "ioi",
        "capital-country",
        "agreement",
        "pronoun"
    )]
    public string? Task { get; init; }

    /// <summary>Its name in the study, in items and on the page.</summary>
    /// <value>By default the task's own; it must be given where a task stands twice, or is read from files; those read as add-sub, mul-div and two-step are a composition as those drawn are.</value>
    [RegularExpression("^[a-z0-9][a-z0-9-]{0,31}$", ErrorMessage = "1 to 32 lower-case letters, digits and hyphens")]
    public string? Name { get; init; }

    /// <summary>The largest number in the task's own text, as 100 for the paper's add/sub (100); only for a checkpoint.</summary>
    /// <value>By default the task's own.</value>
    [Range(TaskTexts.LeastLimit, TaskTexts.MostLimit)]
    public int? Limit { get; init; }

    /// <summary>How many prompt pairs each of its sets holds.</summary>
    /// <value>By default as the study's <c>splits</c>.</value>
    public SplitSpec? Splits { get; init; }

    /// <summary>Files that its sets are read from, all of the five.</summary>
    /// <value>By default they are drawn.</value>
    public PairsSpec? Pairs { get; init; }

    /// <summary>Whether circuits of the base model alone are found, without fine-tuning, as for the parts of a composition.</summary>
    /// <value>The default is <c>false</c>.</value>
    public bool OfBaseOnly { get; init; }

    /// <summary>Its name in items.</summary>
    internal string NameInStudy => Name ?? Task ?? "";

    IEnumerable<SpecProblem> ICheckedSpec.Problems()
    {
        if (Task is null == Pairs is null)
        {
            yield return new SpecProblem(
                Task is null ? "task" : "pairs",
                Task is null
                    ? "is missing, and so is 'pairs'; name a task that is drawn, or files."
                    : "is given beside 'task', but pairs are drawn or read; leave one out."
            );
        }

        if (Task is null && Name is null)
        {
            yield return new SpecProblem("name", "is missing, but a task that is read from files has no other name.");
        }

        if (Pairs is not null && (Limit is not null || Splits is not null))
        {
            yield return new SpecProblem(
                Limit is not null ? "limit" : "splits",
                "is given beside 'pairs', but files have the rows that they have; leave it out."
            );
        }
    }
}
