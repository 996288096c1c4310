using System.Collections.Immutable;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Prompts.Tasks;

/// <summary>A prompt task on two surfaces: in the words of the tiny model, and in texts for any tokenizer.</summary>
public interface IPromptTask
{
    /// <summary>The task's name in specs, commands and artifacts, as <c>add-sub</c>.</summary>
    string Name { get; }

    /// <summary>What is asked, in a sentence for help texts.</summary>
    string Summary { get; }

    /// <summary>The words of the tiny model beside the numbers, each a word of a <see cref="Vocabulary"/>.</summary>
    ImmutableArray<string> Words { get; }

    /// <summary>The limit that <see cref="DrawText"/> is given where nobody says otherwise.</summary>
    /// <value>The paper's, for its tasks; null for tasks without numbers.</value>
    int? DefaultLimit { get; }

    /// <summary>All that can be asked in the words of the tiny model: each item once, always in the same order.</summary>
    /// <param name="numbers">The numbers that are words.</param>
    IEnumerable<TaskItem> Items(TinyNumbers numbers);

    /// <summary>The prompt pairs that ask for an item, clean and corrupted of the same number of words.</summary>
    /// <param name="item">One of <see cref="Items"/>.</param>
    /// <param name="numbers">The numbers that are words.</param>
    /// <param name="random">Chooses the corrupted prompts.</param>
    /// <returns>At least one pair, always as many.</returns>
    ImmutableArray<PromptPair> Ask(TaskItem item, TinyNumbers numbers, SeededRandom random);

    /// <summary>A line of the corpus that states an item with its answer: a prompt of its keys, as those of <see cref="Ask"/> are, a blank, and an answer.</summary>
    /// <param name="item">One of <see cref="Items"/>.</param>
    /// <param name="numbers">The numbers that are words.</param>
    /// <param name="random">Chooses among the prompts, and among several right answers.</param>
    string State(TaskItem item, TinyNumbers numbers, SeededRandom random)
    {
        PromptPair pair = random.Pick(Ask(item, numbers, random).AsSpan());
        return $"{pair.Clean} {random.Pick(pair.Answers.AsSpan())}";
    }

    /// <summary>A line of the corpus that teaches what items build on, such as which city lies where, and asks for none of them.</summary>
    /// <param name="numbers">The numbers that are words.</param>
    /// <param name="random">The source of chance.</param>
    /// <returns>The line; null for tasks that build on nothing.</returns>
    string? Background(TinyNumbers numbers, SeededRandom random) => null;

    /// <summary>Draws a row in the text of the task's source.</summary>
    /// <param name="limit">The largest number that the task's rule names, as 100 in the paper's add/sub (100), at least 10; the rule's others follow it.</param>
    /// <param name="random">The source of chance.</param>
    /// <returns>The pair and what of it could be memorised.</returns>
    TaskText DrawText(int limit, SeededRandom random);

    /// <summary>Works the right answers out from a prompt alone, of either surface: what checks all the above.</summary>
    /// <param name="prompt">A clean or corrupted prompt.</param>
    /// <returns>The answers; empty where the prompt has none, null where it is not of this task.</returns>
    ImmutableArray<string>? AnswersTo(string prompt);

    /// <summary>What of a prompt could be memorised, from the prompt alone: the keys of its item, by which files are compared.</summary>
    /// <param name="prompt">A clean prompt of either surface.</param>
    /// <returns>The keys; none where the prompt is not of this task.</returns>
    ImmutableArray<string> KeysOf(string prompt) => [];
}
