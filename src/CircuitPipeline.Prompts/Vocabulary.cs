using System.Collections.Immutable;
using System.Text;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.Tasks;

namespace CircuitPipeline.Prompts;

/// <summary>A word-level tokenizer: texts are words with one blank between them, and each word is one token.</summary>
/// <remarks>
/// The default study's vocabulary holds the numbers 0 … max_number first, so that a number's token id is the number
/// itself, then the words of its tasks. A vocabulary does not change, and its order is part of the model.
/// </remarks>
public sealed class Vocabulary
{
    /// <summary>The word that fills short lines; it is never a target.</summary>
    public const string Pad = "<pad>";

    /// <summary>The word that ends a line.</summary>
    public const string Eos = "<eos>";

    /// <summary>The longest word, in UTF-16 units.</summary>
    public const int LongestWord = 100;

    private static readonly string[] TaskWords =
    [
        "calc",
        "seq",
        "max",
        "tens",
        "ones",
        "+",
        "-",
        "*",
        "/",
        "=",
        "(",
        ")",
    ];
    private readonly Dictionary<string, int> _ids = [];

    /// <summary>Makes a vocabulary of words in a given order.</summary>
    /// <param name="words">Distinct words without blanks, among them <see cref="Pad"/> and <see cref="Eos"/>.</param>
    /// <exception cref="InvalidDataException">A word is empty, too long, has a blank or occurs twice, or one is missing.</exception>
    public Vocabulary(IEnumerable<string> words)
    {
        Words = [.. words];
        for (int id = 0; id < Words.Length; id++)
        {
            MustBeWord(Words[id], id);
            if (!_ids.TryAdd(Words[id], id))
            {
                throw new InvalidDataException(
                    $"The word '{Words[id]}' has the ids '{_ids[Words[id]]}' and '{id}', but a vocabulary holds a word once."
                );
            }
        }
        PadId = IdOf(Pad);
        EosId = IdOf(Eos);
    }

    /// <summary>The words by id.</summary>
    public ImmutableArray<string> Words { get; }

    /// <summary>Number of words, the model's <c>d_vocab</c>.</summary>
    public int Count => Words.Length;

    /// <summary>The id of <see cref="Pad"/>.</summary>
    public int PadId { get; }

    /// <summary>The id of <see cref="Eos"/>.</summary>
    public int EosId { get; }

    /// <summary>Makes the default study's vocabulary.</summary>
    /// <param name="maxNumber">The largest number that is a word, at least 0.</param>
    /// <returns>The numbers 0 … <paramref name="maxNumber"/>, then the words of the tasks.</returns>
    public static Vocabulary ForNumbers(int maxNumber) => ForTasks(maxNumber, []);

    /// <summary>Makes the vocabulary of a study of several tasks.</summary>
    /// <param name="maxNumber">The largest number that is a word, at least 0.</param>
    /// <param name="tasks">The tasks, in any order.</param>
    /// <returns>The words of <see cref="ForNumbers"/>, and before the last two, by the names of the tasks, each further word once.</returns>
    public static Vocabulary ForTasks(int maxNumber, IEnumerable<IPromptTask> tasks)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxNumber);
        IEnumerable<string> numbers = Enumerable.Range(0, maxNumber + 1).Select(number => number.ToString());
        IEnumerable<string> words = tasks
            .OrderBy(task => task.Name, StringComparer.Ordinal)
            .SelectMany(task => task.Words);
        return new Vocabulary([.. numbers.Concat(TaskWords).Concat(words).Distinct(), Pad, Eos]);
    }

    /// <summary>Turns a text into token ids.</summary>
    /// <param name="text">Words with one blank between them.</param>
    /// <returns>One id per word.</returns>
    /// <exception cref="InvalidDataException">A word is not in the vocabulary; the message names it and its place.</exception>
    public int[] Encode(string text)
    {
        List<int> ids = new();
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = _ids.GetAlternateLookup<
            ReadOnlySpan<char>
        >();
        foreach (Range range in text.AsSpan().Split(' '))
        {
            ReadOnlySpan<char> word = text.AsSpan(range);
            ids.Add(lookup.TryGetValue(word, out int id) ? id : throw Unknown(text, word.ToString(), ids.Count + 1));
        }
        return [.. ids];
    }

    /// <summary>Turns token ids into a text.</summary>
    /// <param name="ids">Token ids.</param>
    /// <returns>Their words with one blank between them.</returns>
    /// <exception cref="InvalidDataException">An id is no word's; the message names it and its place.</exception>
    public string Decode(ReadOnlySpan<int> ids)
    {
        StringBuilder text = new();
        for (int place = 0; place < ids.Length; place++)
        {
            if (ids[place] < 0 || ids[place] >= Count)
            {
                throw new InvalidDataException(
                    $"The token id '{ids[place]}' at place {place + 1} is no word's; ids from 0 to {Count - 1} are allowed."
                );
            }
            text.Append(place == 0 ? "" : " ").Append(Words[ids[place]]);
        }
        return text.ToString();
    }

    /// <summary>Turns a prompt pair into token ids.</summary>
    /// <param name="pair">The pair; its prompts have as many words, each answer one.</param>
    /// <returns>Its prompts and answers.</returns>
    /// <exception cref="InvalidDataException">A word is unknown, the prompts differ in length, or an answer is not one token.</exception>
    public EncodedPair Encode(PromptPair pair)
    {
        ImmutableArray<int> clean = [.. Encode(pair.Clean)];
        ImmutableArray<int> corrupted = [.. Encode(pair.Corrupted)];
        return clean.Length == corrupted.Length
            ? new EncodedPair(clean, corrupted, AnswerIds(pair.Answers), AnswerIds(pair.CorruptedAnswers))
            : throw new InvalidDataException(
                $"the clean prompt has '{clean.Length}' tokens and the corrupted one '{corrupted.Length}', but they must have as many."
            );
    }

    private ImmutableArray<int> AnswerIds(ImmutableArray<string> answers) => [.. answers.Select(AnswerId)];

    private int AnswerId(string answer) =>
        Encode(answer) is [int id]
            ? id
            : throw new InvalidDataException($"the answer '{MessageText.OneLine(answer)}' must be one token.");

    private int IdOf(string word) =>
        _ids.TryGetValue(word, out int id)
            ? id
            : throw new InvalidDataException($"The word '{word}' is missing, but every vocabulary holds it.");

    private InvalidDataException Unknown(string text, string word, int place) =>
        new(
            $"'{MessageText.OneLine(text)}': the word '{MessageText.OneLine(word)}' at place {place} is not among the "
                + $"{Count} words of the vocabulary; words stand with one blank between them."
        );

    private static void MustBeWord(string word, int id)
    {
        if (word.Length is 0 or > LongestWord || word.Any(unit => char.IsWhiteSpace(unit) || char.IsControl(unit)))
        {
            throw new InvalidDataException(
                $"The word '{MessageText.OneLine(word)}' of id '{id}' cannot be one; a word has 1 to {LongestWord} characters and no blank."
            );
        }
    }
}
