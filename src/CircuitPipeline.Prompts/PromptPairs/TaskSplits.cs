using System.Collections.Immutable;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Prompts.Tasks;

namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>A task's prompt pairs in the words of the tiny model, in sets that share no key with each other or with the corpus.</summary>
/// <remarks>
/// <list type="number">
/// <item>The items of a task, those with one key together, are put into a random order.</item>
/// <item>The first are the corpus's share; then come validation, circuit-1, circuit-2 and test; the others are for train.</item>
/// <item>
/// A composition asks an item in the set that may ask all of its keys: the keys that are items of a part belong to the set in which the
/// part's own task asks them, those that no part asks to a set by seed and key. So no prompt of a part crosses either, whether the study
/// has the parts or not; the other items, whose keys belong to several sets, are never asked.
/// </item>
/// </list>
/// </remarks>
/// <param name="Train">To fine-tune on: where several answers are right, a row has one of them.</param>
/// <param name="Validation">For choices, and to measure the pretrained model on.</param>
/// <param name="Circuit1">To find circuits with.</param>
/// <param name="Circuit2">To find circuits with again; how far they differ is the noise floor.</param>
/// <param name="Test">For reported accuracies.</param>
public sealed record TaskSplits(
    TaskSplit Train,
    TaskSplit Validation,
    TaskSplit Circuit1,
    TaskSplit Circuit2,
    TaskSplit Test
)
{
    /// <summary>The sets, train first.</summary>
    public ImmutableArray<TaskSplit> All => [Train, Validation, Circuit1, Circuit2, Test];

    /// <summary>Draws the sets.</summary>
    /// <param name="task">The task.</param>
    /// <param name="numbers">The numbers that are words.</param>
    /// <param name="corpusShare">The share of the keys that the corpus may state, above 0 and below 1.</param>
    /// <param name="sizes">The sizes, without problems.</param>
    /// <param name="seed">The study's stream, the same as the corpus's; what was drawn from it does not matter.</param>
    /// <param name="parts">How a composition's parts are split, by their names, where that is otherwise.</param>
    /// <returns>The sets, each with exactly the rows asked for. Another size of <c>train</c> leaves the others as they are.</returns>
    public static TaskSplits Draw(
        IPromptTask task,
        TinyNumbers numbers,
        double corpusShare,
        SplitSpec sizes,
        SeededRandom seed,
        IReadOnlyDictionary<string, PartSplits>? parts = null
    )
    {
        SpecProblem[] problems = [.. sizes.OutOfRange()];
        KeyOwners owners = KeyOwners.Of(task, new SplitRule(numbers, corpusShare, parts, sizes, seed));
        if (
            problems.Concat(TooFew(task, numbers, sizes, seed, owners)).Cast<SpecProblem?>().FirstOrDefault() is
            { } problem
        )
        {
            throw new ArgumentException($"'{problem.Key}' {problem.Message}", nameof(sizes));
        }
        return new TaskSplits(
            Take(SplitSet.Train),
            Take(SplitSet.Validation),
            Take(SplitSet.Circuit1),
            Take(SplitSet.Circuit2),
            Take(SplitSet.Test)
        );

        TaskSplit Take(SplitSet set) =>
            new TaskRows(task, numbers, seed).Take(set, owners.ItemsOf(set), sizes.CountOf(set));
    }

    /// <summary>The items that the corpus may state.</summary>
    /// <param name="task">The task.</param>
    /// <param name="numbers">The numbers that are words.</param>
    /// <param name="share">The share of the keys, above 0 and below 1.</param>
    /// <param name="seed">The study's stream; what was drawn from it does not matter.</param>
    /// <param name="parts">How a composition's parts are split, by their names, where that is otherwise.</param>
    /// <returns>At least one item for a task that is no composition.</returns>
    public static ImmutableArray<TaskItem> CorpusShare(
        IPromptTask task,
        TinyNumbers numbers,
        double share,
        SeededRandom seed,
        IReadOnlyDictionary<string, PartSplits>? parts = null
    ) => KeyOwners.Of(task, new SplitRule(numbers, share, parts, Sizes: null, seed)).ItemsOf(SplitSet.Corpus);

    /// <summary>Names every set that cannot be as large as asked for.</summary>
    /// <param name="task">The task.</param>
    /// <param name="numbers">The numbers that are words.</param>
    /// <param name="corpusShare">The share of the keys that the corpus may state, above 0 and below 1.</param>
    /// <param name="sizes">The sizes.</param>
    /// <param name="seed">The study's stream; what was drawn from it does not matter.</param>
    /// <param name="parts">How a composition's parts are split, by their names, where that is otherwise.</param>
    /// <returns>The keys of <see cref="SplitSpec"/>, each with how many rows are possible; empty when the sets can be drawn.</returns>
    public static IEnumerable<SpecProblem> Problems(
        IPromptTask task,
        TinyNumbers numbers,
        double corpusShare,
        SplitSpec sizes,
        SeededRandom seed,
        IReadOnlyDictionary<string, PartSplits>? parts = null
    )
    {
        SpecProblem[] outOfRange = [.. sizes.OutOfRange()];
        if (outOfRange.Length > 0)
        {
            return outOfRange;
        }
        return TooFew(
            task,
            numbers,
            sizes,
            seed,
            KeyOwners.Of(task, new SplitRule(numbers, corpusShare, parts, sizes, seed))
        );
    }

    /// <summary>The rows of a part of a composition, in the same sets and the same order as the rows that they are parts of.</summary>
    /// <param name="task">The composition that these sets are of.</param>
    /// <param name="part">The place of the part among its parts.</param>
    /// <returns>Sets of as many rows; a prompt may stand in several rows of a set, and in one set only.</returns>
    public TaskSplits PartOf(IComposedTask task, int part)
    {
        return new TaskSplits(Of(Train), Of(Validation), Of(Circuit1), Of(Circuit2), Of(Test));

        TaskSplit Of(TaskSplit split) => split with { Pairs = [.. split.Pairs.Select(pair => task.Apart(pair)[part])] };
    }

    private static IEnumerable<SpecProblem> TooFew(
        IPromptTask task,
        TinyNumbers numbers,
        SplitSpec sizes,
        SeededRandom seed,
        KeyOwners owners
    )
    {
        int perItem = new TaskRows(task, numbers, seed).PerItem;
        string advice = task.DefaultLimit is null
            ? "ask for fewer rows or lower the corpus's share"
            : "ask for fewer rows, lower the corpus's share, or raise max_number";
        return SplitSets
            .OfRows.Select(set =>
                (
                    Key: SplitSets.SizeKey(set),
                    Wanted: sizes.CountOf(set),
                    Possible: owners.ItemsOf(set).Length * perItem
                )
            )
            .Where(row => row.Wanted > row.Possible)
            .GroupBy(row => row.Key)
            .Select(rows => rows.MinBy(row => row.Possible))
            .Select(row => new SpecProblem(
                row.Key,
                $"is {row.Wanted:N0}, but beside the corpus's share and the other splits {row.Possible:N0} rows of the task '{task.Name}' are possible; {advice}."
            ));
    }
}

/// <summary>One set of a task's rows.</summary>
/// <param name="Name">The set's name, as of its file.</param>
/// <param name="Pairs">The rows.</param>
/// <param name="Items">What they ask, each item once.</param>
public sealed record TaskSplit(string Name, ImmutableArray<PromptPair> Pairs, ImmutableArray<TaskItem> Items);
