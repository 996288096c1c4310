using System.Collections.Immutable;
using CircuitPipeline.Study.Artifacts;

namespace CircuitPipeline.Study.Imports;

/// <summary>A set of pairs as it was read.</summary>
/// <param name="Key">Its key in the experiment.</param>
/// <param name="Set">What is kept of it.</param>
/// <param name="Report">What the report says of it.</param>
/// <param name="CleanPrompts">The clean prompts, as texts; where the file has none, as token ids with blanks between them.</param>
/// <param name="Summary">A line that names the file.</param>
/// <param name="Warnings">What a reader of results must know.</param>
internal sealed record ReadSet(
    string Key,
    ImportedSet Set,
    ImportedRows Report,
    ImmutableArray<string> CleanPrompts,
    string Summary,
    ImmutableArray<string> Warnings
);

/// <summary>A file of which no set of pairs follows; never seen outside the room.</summary>
/// <param name="key">The key to change, below the set's own.</param>
/// <param name="message">The rest of the sentence after the key.</param>
internal sealed class UnusableSetException(string key, string message) : Exception(message)
{
    /// <summary>The key to change, below the set's own.</summary>
    internal string Key { get; } = key;
}
