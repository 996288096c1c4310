using CircuitPipeline.Prompts.Corpora;

namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>How many prompt pairs of the target task each split holds, 1 to 10,000,000; a set that is read from a file has the file's instead.</summary>
public sealed record SplitSpec
{
    /// <summary>Pairs to fine-tune on.</summary>
    public required int Train { get; init; }

    /// <summary>Pairs for choices such as the learning rate.</summary>
    public required int Validation { get; init; }

    /// <summary>Pairs to find circuits with, in each of two disjoint sets (their difference is the noise floor).</summary>
    public required int Circuit { get; init; }

    /// <summary>Pairs for reported accuracies.</summary>
    public required int Test { get; init; }

    /// <summary>Operand pairs that the splits take; one gives two prompt pairs, and no two splits share one.</summary>
    internal long OperandPairsNeeded => Need(Train) + Need(Validation) + 2 * Need(Circuit) + Need(Test);

    /// <summary>Names every number out of range; empty when the target has enough operand pairs outside the corpus's share.</summary>
    /// <param name="corpus">The corpus beside which the splits are drawn, itself without problems.</param>
    /// <returns>The keys, as in the YAML file, each with what is allowed.</returns>
    public IEnumerable<SpecProblem> Problems(CorpusSpec corpus)
    {
        SpecProblem[] outOfRange = [.. OutOfRange()];
        foreach (SpecProblem problem in outOfRange)
        {
            yield return problem;
        }
        if (outOfRange.Length > 0)
        {
            yield break;
        }
        long wanted = OperandPairsNeeded;
        int free = OperandPairs.CountOutsideShare(corpus);
        if (wanted > free)
        {
            yield return new SpecProblem(
                "train",
                $"and the other splits need {wanted:N0} operand pairs, but {free:N0} lie outside the corpus's share; "
                    + "ask for fewer rows or raise max_number."
            );
        }
    }

    /// <summary>Names every number that no task can have.</summary>
    internal IEnumerable<SpecProblem> OutOfRange()
    {
        (string Key, int Count)[] all =
        [
            ("train", Train),
            ("validation", Validation),
            ("circuit", Circuit),
            ("test", Test),
        ];
        return all.Where(row => row.Count is < 1 or > 10_000_000)
            .Select(row => new SpecProblem(row.Key, $"is {row.Count}, but 1 to 10,000,000 is allowed."));
    }

    /// <summary>Operand pairs behind a number of prompt pairs.</summary>
    internal static long Need(int promptPairs) => (promptPairs + 1L) / 2;
}
