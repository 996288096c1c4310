using CircuitPipeline.Prompts.Tasks;

namespace CircuitPipeline.Prompts.Corpora;

/// <summary>What the pretraining corpus is made of; together with a seed it decides every byte.</summary>
public sealed record CorpusSpec
{
    /// <summary>The largest number that is a token, 100 to 1,000; operands and results lie in 0 … this.</summary>
    public required int MaxNumber { get; init; }

    /// <summary>Number of lines, 1 to 10,000,000.</summary>
    public required int Lines { get; init; }

    /// <summary>Largest operand of the small sums, 1 to half of <see cref="MaxNumber"/>; above it lies the target task.</summary>
    public required int SmallLimit { get; init; }

    /// <summary>Share of the target's operand pairs that the lines of <c>add_sub_large</c> may use, above 0 and below 1.</summary>
    /// <value>The default is 0.15.</value>
    public double LargeShare { get; init; } = 0.15;

    /// <summary>How often each kind of line is drawn.</summary>
    public required CorpusWeights Weights { get; init; }

    /// <summary>Prompt tasks of which the corpus states items, each task once.</summary>
    /// <value>By default none.</value>
    public CorpusTask[]? Tasks { get; init; }

    /// <summary>Names every number out of range; empty when the corpus can be made.</summary>
    /// <returns>The keys, as in the YAML file, each with what is allowed.</returns>
    public IEnumerable<SpecProblem> Problems()
    {
        if (MaxNumber is < 100 or > 1_000)
        {
            yield return new SpecProblem("max_number", $"is {MaxNumber}, but 100 to 1,000 is allowed.");
        }
        if (Lines is < 1 or > 10_000_000)
        {
            yield return new SpecProblem("lines", $"is {Lines}, but 1 to 10,000,000 is allowed.");
        }
        if (SmallLimit < 1 || SmallLimit > MaxNumber / 2)
        {
            yield return new SpecProblem(
                "small_limit",
                $"is {SmallLimit}, but 1 to half of max_number, {MaxNumber / 2}, is allowed."
            );
        }
        if (!(LargeShare is > 0 and < 1))
        {
            yield return new SpecProblem(
                "large_share",
                FormattableString.Invariant($"is {LargeShare}, but a share above 0 and below 1 is allowed.")
            );
        }
        foreach (
            SpecProblem problem in Weights.Problems(
                hasTasks: (Tasks ?? []).Any(task => task.Weight > 0 || task.BackgroundWeight > 0)
            )
        )
        {
            yield return problem with
            {
                Key = $"weights.{problem.Key}",
            };
        }
        foreach (SpecProblem problem in (Tasks ?? []).SelectMany(task => task.Problems()))
        {
            yield return problem with
            {
                Key = $"tasks.{problem.Key}",
            };
        }
        if ((Tasks ?? []).CountBy(task => task.Task).FirstOrDefault(row => row.Value > 1) is { Key: { } twice })
        {
            yield return new SpecProblem(
                "tasks",
                $"names '{MessageText.OneLine(twice)}' twice, but a task is listed once; leave one out."
            );
        }
    }

    /// <summary>Makes the vocabulary of the numbers, and of the tasks where there are any.</summary>
    public Vocabulary ToVocabulary() =>
        Vocabulary.ForTasks(MaxNumber, (Tasks ?? []).Select(task => PromptTasks.Named(task.Task)));
}

/// <summary>How often each kind of line is drawn, relative to the others, 0 to 1,000,000; 0, the default, leaves a kind out.</summary>
public sealed record CorpusWeights
{
    /// <summary>Lines like <c>seq 4 8 12 16 20</c>.</summary>
    /// <value>The default is 0.</value>
    public double Sequences { get; init; }

    /// <summary>Lines like <c>max 3 17 = 17</c>.</summary>
    /// <value>The default is 0.</value>
    public double Maximum { get; init; }

    /// <summary>Lines like <c>tens 47 = 4</c> and <c>ones 47 = 7</c>.</summary>
    /// <value>The default is 0.</value>
    public double Digits { get; init; }

    /// <summary>Sums and differences of small numbers.</summary>
    /// <value>The default is 0.</value>
    public double AddSubSmall { get; init; }

    /// <summary>Sums and differences with a large operand, from the corpus's share of the target.</summary>
    /// <value>The default is 0.</value>
    public double AddSubLarge { get; init; }

    /// <summary>Products and exact quotients.</summary>
    /// <value>The default is 0.</value>
    public double MulDiv { get; init; }

    /// <summary>Lines like <c>calc ( 3 + 4 ) * 2 = 14</c>.</summary>
    /// <value>The default is 0.</value>
    public double TwoStep { get; init; }

    /// <summary>Names every weight out of range; empty when lines can be drawn.</summary>
    /// <param name="hasTasks">Whether prompt tasks give lines too, so that all weights may be 0.</param>
    /// <returns>The keys, as in the YAML file, each with what is allowed.</returns>
    public IEnumerable<SpecProblem> Problems(bool hasTasks = false)
    {
        (string Key, double Weight)[] all =
        [
            ("sequences", Sequences),
            ("maximum", Maximum),
            ("digits", Digits),
            ("add_sub_small", AddSubSmall),
            ("add_sub_large", AddSubLarge),
            ("mul_div", MulDiv),
            ("two_step", TwoStep),
        ];
        foreach (SpecProblem problem in OutOfRange(all))
        {
            yield return problem;
        }
        if (!hasTasks && all.All(row => row.Weight == 0))
        {
            yield return new SpecProblem("sequences", "and all other weights are 0, but at least one must be above 0.");
        }
    }

    internal static IEnumerable<SpecProblem> OutOfRange(params (string Key, double Weight)[] all) =>
        all.Where(row => !(row.Weight is >= 0 and <= 1_000_000))
            .Select(row => new SpecProblem(
                row.Key,
                FormattableString.Invariant($"is {row.Weight}, but 0 to 1,000,000 is allowed.")
            ));
}

/// <summary>A value of a spec record that is out of range.</summary>
/// <param name="Key">The YAML key, with dots between levels, relative to the record.</param>
/// <param name="Message">The rest of the sentence after the key: found and allowed.</param>
public readonly record struct SpecProblem(string Key, string Message);
