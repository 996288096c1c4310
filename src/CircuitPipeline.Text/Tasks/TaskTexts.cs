using System.Collections.Immutable;
using System.Globalization;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Tasks;
using CircuitPipeline.Text.Tables;
using CircuitPipeline.Text.Tokenizers;

namespace CircuitPipeline.Text.Tasks;

/// <summary>Draws rows of a prompt task for any tokenizer, in sets that share nothing that could be memorised.</summary>
/// <remarks>
/// 1. A row is drawn. One whose clean prompt a set has already is passed over.
/// 2. Its keys say where it goes: into the set that has them, or, where none has, into the one that has the fewest for its size; the set
/// then has these keys. A row whose keys are of two sets, or of one that is full, is left out.
/// 3. The tokenizer reads it as it would read a file: clean and corrupted prompt of the same number of tokens, an answer of one token on
/// each side. The prompts' first difference must lie behind the first token, answers must not merge with the prompt, and a number that
/// answers go on must be split where the prompt ends.
/// What is left out is counted by its reason.
/// </remarks>
public sealed class TaskTexts
{
    /// <summary>The smallest of the largest numbers that every task draws rows with.</summary>
    public const int LeastLimit = 10;

    /// <summary>The largest of them; fifth powers of ratios are whole numbers still.</summary>
    public const int MostLimit = 3_000;

    /// <summary>Draws without a new row after which the task counts as exhausted.</summary>
    public const int MostDrawsInVain = 20_000;

    // Beyond it a task is not worth the time, nor what is left out the memory.
    private const int MostDrawsForRow = 1_000;

    private readonly TaskSource _source;
    private readonly TaskRowEncoder _encoder;
    private readonly SeededRandom _random;
    private readonly ImmutableArray<int> _sizes;
    private readonly ImmutableArray<UsableRow>.Builder[] _sets;
    private readonly ImmutableArray<UnusableRow>.Builder _unusable = ImmutableArray.CreateBuilder<UnusableRow>();
    private readonly IDictionary<string, int> _setOfKey;
    private readonly int[] _keys;
    private readonly HashSet<string> _seen = [];
    private readonly Func<UsableRow, string?> _refusal;

    private TaskTexts(
        TaskSource source,
        ITokenizer tokenizer,
        AnswerForm form,
        ImmutableArray<int> sizes,
        SeededRandom random,
        IDictionary<string, int> owners,
        Func<UsableRow, string?> refusal
    )
    {
        (_source, _sizes, _random, _setOfKey, _refusal) = (source, sizes, random, owners, refusal);
        _encoder = new TaskRowEncoder(tokenizer, form);
        _keys = new int[sizes.Length];
        _sets = [.. sizes.Select(size => ImmutableArray.CreateBuilder<UsableRow>(size))];
    }

    /// <summary>Draws rows.</summary>
    /// <param name="source">The task on one of its surfaces.</param>
    /// <param name="tokenizer">The model's.</param>
    /// <param name="form">How an answer's text goes on after the prompt; behind a number it goes on at once.</param>
    /// <param name="sizes">The rows of each set, at least 1.</param>
    /// <param name="random">The source of chance.</param>
    /// <param name="owners">
    /// Which set has which key: what other tasks of a study drew stands in it before, so that a composition and its parts share none
    /// across sets, and what this one draws is added. By default the task is by itself.
    /// </param>
    /// <param name="refusal">Why a row is left out that the tokenizer can read; null where it is not. By default none is.</param>
    /// <returns>The sets, full, and what was left out.</returns>
    /// <exception cref="InvalidDataException">The task does not give as many rows; the message says how many it gave, and the most frequent reason.</exception>
    public static DrawnTexts Draw(
        TaskSource source,
        ITokenizer tokenizer,
        AnswerForm form,
        ImmutableArray<int> sizes,
        SeededRandom random,
        IDictionary<string, int>? owners = null,
        Func<UsableRow, string?>? refusal = null
    ) =>
        new TaskTexts(
            source,
            tokenizer,
            form,
            sizes,
            random,
            owners ?? new Dictionary<string, int>(),
            refusal ?? (_ => null)
        ).Fill();

    private DrawnTexts Fill()
    {
        (int draws, int repeated, int vain) = (0, 0, 0);
        while (_sets.Zip(_sizes).Any(set => set.First.Count < set.Second))
        {
            if (++vain > MostDrawsInVain || draws > MostDrawsInVain + (long)MostDrawsForRow * _sizes.Sum())
            {
                throw TooFew(draws);
            }

            TaskText text = _source.Draw(_random);
            draws++;
            if (_seen.Contains(text.Pair.Clean))
            {
                repeated++;
                continue;
            }

            try
            {
                Place(text, draws);
                _seen.Add(text.Pair.Clean);
                vain = 0;
            }
            catch (UnusableRowException reason)
            {
                _unusable.Add(new UnusableRow(draws, reason.Message));
            }
        }

        return new DrawnTexts(
            [.. _sets.Select(set => set.ToImmutable())],
            new ImportedPairs(
                _source.Task.Name,
                [.. _sets.SelectMany(set => set).OrderBy(row => row.Line)],
                _unusable.ToImmutable(),
                _encoder.LeftOut,
                _encoder.Ceiling
            ),
            draws,
            repeated
        );
    }

    private void Place(TaskText text, int draw)
    {
        int[] owners = [.. text.Keys.Where(_setOfKey.ContainsKey).Select(key => _setOfKey[key]).Distinct()];
        if (owners.Length > 1)
        {
            throw new UnusableRowException("its operands are in two sets");
        }

        if (owners is [int own] && _sets[own].Count == _sizes[own])
        {
            throw new UnusableRowException("its operands are in a set that is full");
        }

        UsableRow row = _encoder.Encode(text.Pair, draw);
        if (_refusal(row) is { } reason)
        {
            throw new UnusableRowException(reason);
        }

        int set = owners is [int known] ? known : SetForNewKeys();
        _sets[set].Add(row);
        foreach (string key in text.Keys)
        {
            _keys[set] += _setOfKey.TryAdd(key, set) ? 1 : 0;
        }
    }

    private int SetForNewKeys() =>
        Enumerable
            .Range(0, _sets.Length)
            .Where(set => _sets[set].Count < _sizes[set])
            .MinBy(set => (double)_keys[set] / _sizes[set]);

    private InvalidDataException TooFew(int draws)
    {
        ImportedPairs rows = new(_source.Task.Name, [], _unusable.ToImmutable(), [], null);
        string most = rows.Reasons is [var first, ..]
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"; most often, {first.Count:N0} times, because {first.First}"
            )
            : "; all others were drawn before";
        return new InvalidDataException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"the task '{_source.Task.Name}' gives {_sets.Sum(set => set.Count):N0} of the {_sizes.Sum():N0} rows that are asked for, of {draws:N0} draws{most}; ask for fewer rows{(_source.Task.DefaultLimit is null ? "" : " or another limit")}."
            )
        );
    }
}

/// <summary>Rows that were drawn for a tokenizer.</summary>
/// <param name="Sets">The sets in the order of their sizes; a row's line is the number of its draw.</param>
/// <param name="Rows">All of them, in the order of drawing, and the rows that were left out with their reasons.</param>
/// <param name="Draws">How many were drawn.</param>
/// <param name="Repeated">How many of them had a clean prompt that a set had already.</param>
public sealed record DrawnTexts(
    ImmutableArray<ImmutableArray<UsableRow>> Sets,
    ImportedPairs Rows,
    int Draws,
    int Repeated
);
