using System.Collections.Immutable;
using System.Globalization;

namespace CircuitPipeline.Prompts.Tasks;

/// <summary>Draws rows of a task without end, on one of its two surfaces.</summary>
public sealed class TaskSource
{
    private const int LeastMax = 100;

    private readonly Func<SeededRandom, TaskText> _draw;

    private TaskSource(IPromptTask task, Func<SeededRandom, TaskText> draw) => (Task, _draw) = (task, draw);

    /// <summary>The task.</summary>
    public IPromptTask Task { get; }

    /// <summary>Rows in the text of the task's source.</summary>
    /// <param name="task">The task.</param>
    /// <param name="limit">The largest number, at least 10; null for the task's own. Tasks without numbers of their own pass it over.</param>
    public static TaskSource OfTexts(IPromptTask task, int? limit = null)
    {
        int largest = limit ?? task.DefaultLimit ?? 0;
        return new TaskSource(task, random => task.DrawText(largest, random));
    }

    /// <summary>Rows in the words of a study's own model: each item equally often, and each of its pairs.</summary>
    /// <param name="task">The task.</param>
    /// <param name="vocabulary">The model's words, numbers first.</param>
    /// <exception cref="InvalidDataException">It has too few numbers, or lacks words of the task.</exception>
    public static TaskSource OfWords(IPromptTask task, Vocabulary vocabulary)
    {
        TinyNumbers numbers = NumbersOf(vocabulary);
        string[] missing = [.. task.Words.Except(vocabulary.Words)];
        if (missing.Length > 0)
        {
            throw new InvalidDataException(
                $"the vocabulary has no '{missing[0]}' and lacks {missing.Length} of the {task.Words.Length} words of the task '{task.Name}'; the model was made without this task."
            );
        }

        ImmutableArray<TaskItem> items = [.. task.Items(numbers)];
        return new TaskSource(
            task,
            random =>
            {
                TaskItem item = random.Pick(items.AsSpan());
                return new TaskText(random.Pick(task.Ask(item, numbers, random).AsSpan()), item.Keys);
            }
        );
    }

    /// <summary>Draws a row.</summary>
    /// <param name="random">The source of chance.</param>
    public TaskText Draw(SeededRandom random) => _draw(random);

    // The numbers from 0 on, without a gap; the most that sums in brackets leave room for.
    private static TinyNumbers NumbersOf(Vocabulary vocabulary)
    {
        int numbers = vocabulary
            .Words.TakeWhile((word, place) => word == place.ToString(CultureInfo.InvariantCulture))
            .Count();
        return numbers > LeastMax
            ? new TinyNumbers(numbers - 1, (numbers - 1) / 2)
            : throw new InvalidDataException(
                $"the vocabulary begins with {numbers} numbers, but the tasks need at least those from 0 to {LeastMax} as words, in order."
            );
    }
}
