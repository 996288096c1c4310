using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CircuitPipeline.Prompts.Files;

namespace CircuitPipeline.Text.Tables;

/// <summary>What the values of a column stand for, as 0 and 1 for the verbs that go with one and with many.</summary>
/// <remarks>
/// <code>{"0": ["runs", "is"], "1": ["run", "are"]}</code>
/// A row's right answers are the set of its value, its wrong ones those of all other values. Texts that are not one token are left
/// out of a set, as EAP-IG's code does (hannamw/eap-ig-faithfulness), and counted; so are those of a list in a row.
/// </remarks>
public sealed class AnswerSetsFile
{
    private const long LargestBytes = 1L << 24;

    private AnswerSetsFile(string path, ImmutableSortedDictionary<string, ImmutableArray<string>> sets) =>
        (Path, Sets) = (path, sets);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The texts by value.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Sets { get; }

    /// <summary>Reads a file of sets.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is missing, or not an object of at least two lists of texts.</exception>
    public static AnswerSetsFile Read(string path)
    {
        byte[] bytes = PromptFile.Bytes(path, LargestBytes);
        try
        {
            JsonObject file = (JsonObject)JsonNode.Parse(JsonText.WithoutBom(bytes).Span)!;
            ImmutableSortedDictionary<string, ImmutableArray<string>> sets = file.ToImmutableSortedDictionary(
                set => set.Key,
                set => ((JsonArray)set.Value!).Select(text => text!.GetValue<string>()).Distinct().ToImmutableArray(),
                StringComparer.Ordinal
            );
            if (sets.Count >= 2 && sets.Values.All(set => set.Length > 0 && set.All(text => text.Length > 0)))
            {
                return new AnswerSetsFile(path, sets);
            }
        }
        catch (Exception cause)
            when (cause
                    is JsonException
                        or InvalidCastException
                        or InvalidOperationException
                        or NullReferenceException
                        or ArgumentException
                        or FormatException
            ) { }

        throw new InvalidDataException(
            $$"""{{path}}: the file is not an object of two or more lists of texts, as {"0": ["runs"], "1": ["run"]}; write one list for each value of the column."""
        );
    }
}
