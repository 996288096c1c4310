using System.Collections.Immutable;
using CircuitPipeline.Prompts.Tasks;

namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>Makes rows of items, by seed and item alone: what else is asked does not change them.</summary>
internal sealed class TaskRows(IPromptTask task, TinyNumbers numbers, SeededRandom seed)
{
    private readonly SeededRandom _stream = seed.Derive($"target {task.Name}");

    /// <summary>Rows that an item gives.</summary>
    public int PerItem => task.Items(numbers).Take(1).Sum(item => task.Ask(item, numbers, _stream.Derive("")).Length);

    /// <summary>Takes rows from the first items on; of the last one perhaps not all.</summary>
    public TaskSplit Take(SplitSet set, ImmutableArray<TaskItem> items, int count)
    {
        ImmutableArray<PromptPair>.Builder rows = ImmutableArray.CreateBuilder<PromptPair>(count);
        ImmutableArray<TaskItem>.Builder asked = ImmutableArray.CreateBuilder<TaskItem>();
        foreach (TaskItem item in items.TakeWhile(_ => rows.Count < count))
        {
            SeededRandom random = _stream.Derive(string.Join(' ', item.Operands));
            IEnumerable<PromptPair> pairs = task.Ask(item, numbers, random).Take(count - rows.Count);
            rows.AddRange(set == SplitSet.Train ? pairs.Select(pair => WithOneAnswer(pair, random)) : pairs);
            asked.Add(item);
        }
        return new TaskSplit(SplitSets.NameOf(set), rows.ToImmutable(), asked.ToImmutable());
    }

    // A row to train on has one token as its target.
    private static PromptPair WithOneAnswer(PromptPair pair, SeededRandom random)
    {
        if (pair.OtherAnswers.IsEmpty && pair.OtherCorruptedAnswers.IsEmpty)
        {
            return pair;
        }
        string answer = random.Pick(pair.Answers.AsSpan());
        string[] wrong = [.. pair.CorruptedAnswers.Except(pair.Answers)];
        return new PromptPair(
            pair.Clean,
            pair.Corrupted,
            answer,
            wrong.Length > 0 ? random.Pick<string>(wrong) : pair.CorruptedAnswer
        );
    }
}
