using CircuitPipeline.Text.Tokenizers;

namespace CircuitPipeline.Text.Tables;

/// <summary>Reads prompt pairs from any file of the field: JSONL, CSV or Parquet, texts or token ids.</summary>
/// <remarks>
/// The columns are found by name: those of EAP-IG's tasks (hannamw/eap-ig-faithfulness), of MIB (arXiv:2504.13151), of the paper's
/// files (arXiv:2502.11812) and of this project. A value is a token id in a column whose name ends in <c>idx</c>, <c>_id</c> or
/// <c>_ids</c>, and in a list of numbers; everything else is a text.
/// </remarks>
public static class PairsReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tokenizer">Makes token ids of texts; null refuses texts.</param>
    /// <param name="options">How it is read where its columns do not say it; null for the defaults.</param>
    /// <returns>The rows that make pairs, and why the others do not.</returns>
    /// <exception cref="InvalidDataException">The file cannot be read as one of pairs at all.</exception>
    public static ImportedPairs Read(string path, ITokenizer? tokenizer, PairsOptions? options = null)
    {
        PairsOptions how = options ?? new PairsOptions();
        using PairsTable table = PairsTable.Open(path, how);
        return table.Read(tokenizer, how.Needs);
    }
}
