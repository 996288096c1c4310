using System.Collections.Immutable;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.Tasks;

/// <summary>The next letter of the alphabet; another letter gives the corrupted prompt.</summary>
internal sealed class NextLetter : IPromptTask
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";
    private static readonly ImmutableArray<string> Openings = ["In the alphabet", "When children sing", "In our lists"];

    public string Name => "next-letter";

    public string Summary => "The next letter of the alphabet.";

    // The words of a small model of one's own, beside the numbers.
    public ImmutableArray<string> Words => [.. Letters.Select(letter => $"{letter}"), "after", "comes"];

    public int? DefaultLimit => null;

    // All that can be asked. A key is what a model could memorise: it stays in one set.
    public IEnumerable<TaskItem> Items(TinyNumbers numbers) =>
        Enumerable.Range(0, Letters.Length - 1).Select(place => new TaskItem([place], [KeyOf(place)]));

    // In words: prompts of one length.
    public ImmutableArray<PromptPair> Ask(TaskItem item, TinyNumbers numbers, SeededRandom random)
    {
        int clean = item.Operands[0];
        return [Pair(clean, Other(clean, random), place => $"after {Letters[place]} comes", char.ToLowerInvariant)];
    }

    // In text, for the tokenizer of any model.
    public TaskText DrawText(int limit, SeededRandom random)
    {
        int clean = random.Between(0, Letters.Length - 2);
        string opening = random.Pick(Openings.AsSpan());
        return new TaskText(
            Pair(
                clean,
                Other(clean, random),
                place => $"{opening}, the letter {char.ToUpperInvariant(Letters[place])} is followed by the letter",
                char.ToUpperInvariant
            ),
            [KeyOf(clean)]
        );
    }

    // From the prompt alone: what checks the pairs.
    public ImmutableArray<string>? AnswersTo(string prompt) =>
        LetterOf(prompt) is { } letter && letter is not ('z' or 'Z') ? [$"{(char)(letter + 1)}"] : null;

    // What files are compared by.
    public ImmutableArray<string> KeysOf(string prompt) =>
        LetterOf(prompt) is { } letter ? [KeyOf(Letters.IndexOf(char.ToLowerInvariant(letter)))] : [];

    private static char? LetterOf(string prompt) =>
        prompt.Split(' ') switch
        {
            ["after", [var letter], "comes"] => letter,
            [.., "letter", [var letter], "is", "followed", "by", "the", "letter"] => letter,
            _ => null,
        };

    private static int Other(int place, SeededRandom random)
    {
        int other = random.Between(0, Letters.Length - 3);
        return other >= place ? other + 1 : other;
    }

    private static PromptPair Pair(int clean, int other, Func<int, string> prompt, Func<char, char> form) =>
        new(prompt(clean), prompt(other), $"{form(Letters[clean + 1])}", $"{form(Letters[other + 1])}");

    private static string KeyOf(int place) => $"letter {Letters[place]}";
}
