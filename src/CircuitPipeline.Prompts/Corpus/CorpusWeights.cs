namespace CircuitPipeline.Prompts;

/// <summary>How often each kind of line is drawn, relative to the others; 0 leaves a kind out.</summary>
public sealed record CorpusWeights
{
    /// <summary>Lines like <c>seq 4 8 12 16 20</c>.</summary>
    public required double Sequences { get; init; }

    /// <summary>Lines like <c>max 3 17 = 17</c>.</summary>
    public required double Maximum { get; init; }

    /// <summary>Lines like <c>tens 47 = 4</c> and <c>ones 47 = 7</c>.</summary>
    public required double Digits { get; init; }

    /// <summary>Sums and differences of small numbers.</summary>
    public required double AddSubSmall { get; init; }

    /// <summary>Sums and differences with a large operand, from the corpus's share of the target.</summary>
    public required double AddSubLarge { get; init; }

    /// <summary>Products and exact quotients.</summary>
    public required double MulDiv { get; init; }

    /// <summary>Lines like <c>calc ( 3 + 4 ) * 2 = 14</c>.</summary>
    public required double TwoStep { get; init; }

    /// <summary>Names every weight out of range; empty when lines can be drawn.</summary>
    /// <returns>The keys, as in the YAML file, each with what is allowed.</returns>
    public IEnumerable<SpecProblem> Problems()
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
        foreach (var (key, weight) in all)
        {
            if (!(weight is >= 0 and <= 1_000_000))
            {
                yield return new SpecProblem(
                    key,
                    FormattableString.Invariant($"is {weight}, but 0 to 1,000,000 is allowed.")
                );
            }
        }
        if (all.All(row => row.Weight == 0))
        {
            yield return new SpecProblem("sequences", "and all other weights are 0, but at least one must be above 0.");
        }
    }
}
