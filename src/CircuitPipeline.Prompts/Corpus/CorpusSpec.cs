namespace CircuitPipeline.Prompts;

/// <summary>What the pretraining corpus is made of; together with a seed it decides every byte.</summary>
public sealed record CorpusSpec
{
    /// <summary>The largest number that is a token, 100 to 1,000; operands and results lie in 0 … this.</summary>
    public required int MaxNumber { get; init; }

    /// <summary>Number of lines, 1 to 10,000,000.</summary>
    public required int Lines { get; init; }

    /// <summary>Largest operand of the small sums, 1 to half of <see cref="MaxNumber"/>; above it lies the target task.</summary>
    public required int SmallLimit { get; init; }

    /// <summary>Share of the target's operand pairs that the corpus may use, above 0 and below 1.</summary>
    public required double LargeShare { get; init; }

    /// <summary>How often each kind of line is drawn.</summary>
    public required CorpusWeights Weights { get; init; }

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
        foreach (var problem in Weights.Problems())
        {
            yield return problem with
            {
                Key = $"weights.{problem.Key}",
            };
        }
    }
}
