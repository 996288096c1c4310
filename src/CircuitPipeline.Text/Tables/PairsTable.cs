using System.Collections.Immutable;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Text.Tokenizers;

namespace CircuitPipeline.Text.Tables;

/// <summary>A file of prompt pairs of which the first row was read: what its columns are is known before a tokenizer is needed.</summary>
/// <remarks>Its rows go by once, by <see cref="Read"/> or by <see cref="CountRows"/>.</remarks>
public sealed class PairsTable : IDisposable
{
    private readonly string _path;
    private readonly PairsOptions _options;
    private readonly PairColumns _columns;
    private readonly IEnumerator<TableRow> _rows;
    private int _count;

    private PairsTable(string path, PairsOptions options, IEnumerator<TableRow> rows)
    {
        (_path, _options, _rows) = (path, options, rows);
        _columns = PairColumns.Of(rows.Current, options, path);
        Outline = PairsOutline.Of(rows.Current, _columns);
    }

    /// <summary>What the first row says of all.</summary>
    public PairsOutline Outline { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is read where its columns do not say it.</param>
    /// <exception cref="InvalidDataException">The file cannot be read as one of pairs at all.</exception>
    public static PairsTable Open(string path, PairsOptions options)
    {
        IEnumerator<TableRow> rows = PairTable.Rows(path).GetEnumerator();
        rows.MoveNext(); // a file without a row is refused by this
        return new PairsTable(path, options, rows);
    }

    /// <summary>Lets the file go.</summary>
    public void Dispose() => _rows.Dispose();

    /// <summary>The number of rows; no pairs are read from those that have not gone by.</summary>
    /// <exception cref="InvalidDataException">A later row cannot be read.</exception>
    public int CountRows()
    {
        foreach (TableRow _ in Rows()) { }

        return _count;
    }

    /// <summary>Reads the pairs.</summary>
    /// <param name="tokenizer">Makes token ids of texts; null refuses texts.</param>
    /// <param name="needs">Which answers a row must have to be usable.</param>
    /// <returns>The rows that make pairs, and why the others do not.</returns>
    /// <exception cref="InvalidDataException">The file cannot be read as one of pairs at all.</exception>
    public ImportedPairs Read(ITokenizer? tokenizer, NeededAnswers needs)
    {
        RowEncoder encoder = new(_columns, _options with { Needs = needs }, tokenizer);
        ImmutableArray<UsableRow>.Builder usable = ImmutableArray.CreateBuilder<UsableRow>();
        ImmutableArray<UnusableRow>.Builder unusable = ImmutableArray.CreateBuilder<UnusableRow>();
        foreach (TableRow row in Rows())
        {
            try
            {
                usable.Add(encoder.Encode(row));
            }
            catch (UnusableRowException reason)
            {
                unusable.Add(new UnusableRow(row.Line, reason.Message));
            }
            catch (InvalidDataException cause)
            {
                throw PromptFile.At(_path, row.Line, cause.Message);
            }
        }

        return new ImportedPairs(
            _path,
            usable.ToImmutable(),
            unusable.ToImmutable(),
            [.. encoder.LeftOut.Order(StringComparer.Ordinal)],
            encoder.Asked == 0 ? null : (double)encoder.Reachable / encoder.Asked
        )
        {
            HasUncheckedIds = encoder.HasUncheckedIds,
            MergedAnswers = encoder.Merged,
        };
    }

    private IEnumerable<TableRow> Rows()
    {
        while (_count == 0 || _rows.MoveNext())
        {
            if (++_count > PairTable.MostRows)
            {
                throw PromptFile.At(
                    _path,
                    _rows.Current.Line,
                    $"the file has more than the {PairTable.MostRows} rows that are read."
                );
            }

            yield return _rows.Current;
        }
    }
}
