using CircuitPipeline.Prompts.Tasks;

namespace CircuitPipeline.Prompts.Corpora;

/// <summary>A prompt task of which the corpus states items, so that a base model knows it a little.</summary>
public sealed record CorpusTask
{
    /// <summary>The task's name, as in <c>tasks</c>.</summary>
    public required string Task { get; init; }

    /// <summary>How often a line states an item, relative to the weights of the other lines, 0 to 1,000,000.</summary>
    public required double Weight { get; init; }

    /// <summary>Share of the task's keys that the corpus may state, above 0 and below 1; no split has them.</summary>
    public required double Share { get; init; }

    /// <summary>How often a line teaches what the items build on, such as which city lies where, 0 to 1,000,000.</summary>
    /// <value>The default is 0.</value>
    public double BackgroundWeight { get; init; }

    /// <summary>Names every value out of range; empty when lines can be drawn.</summary>
    /// <returns>The keys, as in the YAML file, each with what is allowed.</returns>
    public IEnumerable<SpecProblem> Problems()
    {
        if (!PromptTasks.Names.Contains(Task))
        {
            string known = string.Join(", ", PromptTasks.Names.Select(name => $"'{name}'"));
            yield return new SpecProblem("task", $"is '{MessageText.OneLine(Task)}', but {known} are allowed.");
        }
        else if (BackgroundWeight > 0 && !HasBackground())
        {
            yield return new SpecProblem(
                "background_weight",
                FormattableString.Invariant($"is {BackgroundWeight}, but '{Task}' builds on nothing; leave it out.")
            );
        }
        if (!(Share is > 0 and < 1))
        {
            yield return new SpecProblem(
                "share",
                FormattableString.Invariant($"is {Share}, but a share above 0 and below 1 is allowed.")
            );
        }
        foreach (
            SpecProblem problem in CorpusWeights.OutOfRange(("weight", Weight), ("background_weight", BackgroundWeight))
        )
        {
            yield return problem;
        }
    }

    private bool HasBackground() =>
        PromptTasks.Named(Task).Background(new TinyNumbers(100, 50), new SeededRandom(0)) is not null;
}
