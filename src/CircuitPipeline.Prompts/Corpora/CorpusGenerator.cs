using System.Collections.Immutable;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.Tasks;

namespace CircuitPipeline.Prompts.Corpora;

/// <summary>Draws the pretraining corpus: a kind of line by weight, then a line of that kind.</summary>
/// <remarks>
/// Kinds and lines come from streams of their own, so another weight or an edited task changes how often a kind's lines
/// come, not what the other kinds' lines are.
/// </remarks>
public static class CorpusGenerator
{
    /// <summary>Draws the lines.</summary>
    /// <param name="spec">The spec, without problems.</param>
    /// <param name="seed">The study's stream; what was drawn from it does not matter.</param>
    /// <returns>The spec's number of lines, as text.</returns>
    public static IEnumerable<string> Lines(CorpusSpec spec, SeededRandom seed)
    {
        SeededRandom kinds = seed.Derive("corpus kinds");
        IReadOnlyList<(ICorpusLine Task, double Weight)> tasks = Tasks(spec, seed);
        SeededRandom[] streams = [.. tasks.Select(row => seed.Derive($"corpus task {row.Task.Name}"))];
        double total = tasks.Sum(row => row.Weight);
        for (int line = 0; line < spec.Lines; line++)
        {
            int kind = KindAt(tasks, kinds.NextShare() * total);
            yield return tasks[kind].Task.Draw(streams[kind]);
        }
    }

    /// <summary>Draws the lines and encodes them.</summary>
    /// <param name="spec">The spec, without problems.</param>
    /// <param name="vocabulary">A vocabulary with the numbers of the spec.</param>
    /// <param name="seed">The study's stream; what was drawn from it does not matter.</param>
    /// <returns>The corpus.</returns>
    public static Corpus Generate(CorpusSpec spec, Vocabulary vocabulary, SeededRandom seed) =>
        Corpus.OfText(Lines(spec, seed), vocabulary);

    /// <summary>Lists the kinds of lines that are drawn, with their weights.</summary>
    /// <param name="spec">The spec, without problems.</param>
    /// <param name="seed">The study's stream, which decides the corpus's share of the target.</param>
    /// <returns>The kinds with a weight above 0, always in the same order.</returns>
    public static IReadOnlyList<(ICorpusLine Task, double Weight)> Tasks(CorpusSpec spec, SeededRandom seed)
    {
        CorpusWeights weights = spec.Weights;
        (ICorpusLine Task, double Weight)[] all =
        [
            (new SequenceLine(spec.MaxNumber), weights.Sequences),
            (new MaximumLine(spec.MaxNumber), weights.Maximum),
            (new DigitLine(spec.MaxNumber), weights.Digits),
            (new AddSubSmallLine(spec.SmallLimit), weights.AddSubSmall),
            (new AddSubLargeLine(TargetSplits.CorpusShare(spec, seed)), weights.AddSubLarge),
            (new MulDivLine(spec.MaxNumber), weights.MulDiv),
            (new TwoStepLine(spec.MaxNumber, spec.SmallLimit), weights.TwoStep),
        ];
        return [.. all.Concat(OfPromptTasks(spec, seed)).Where(row => row.Weight > 0)];
    }

    private static IEnumerable<(ICorpusLine Task, double Weight)> OfPromptTasks(CorpusSpec spec, SeededRandom seed)
    {
        TinyNumbers numbers = TinyNumbers.Of(spec);
        CorpusTask[] tasks = spec.Tasks ?? [];
        Dictionary<string, PartSplits> shares = tasks.ToDictionary(
            task => task.Task,
            task => new PartSplits(task.Share, Sizes: null)
        );
        foreach (CorpusTask row in tasks)
        {
            IPromptTask task = PromptTasks.Named(row.Task);
            if (row.Weight > 0)
            {
                ImmutableArray<TaskItem> share = TaskSplits.CorpusShare(task, numbers, row.Share, seed, shares);
                yield return share.IsEmpty
                    ? throw new InvalidDataException(
                        FormattableString.Invariant(
                            $"A share of {row.Share} of the task '{row.Task}' holds no item; give its 'share' or its parts' a larger one."
                        )
                    )
                    : (new StatedItems(task, share, numbers), row.Weight);
            }
            yield return (new BackgroundLines(task, numbers), row.BackgroundWeight);
        }
    }

    private static int KindAt(IReadOnlyList<(ICorpusLine Task, double Weight)> tasks, double point)
    {
        int kind = 0;
        while (kind < tasks.Count - 1 && point >= tasks[kind].Weight)
        {
            point -= tasks[kind].Weight;
            kind++;
        }
        return kind;
    }
}
