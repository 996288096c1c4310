using System.Collections.Immutable;
using System.Text.Json;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Scores;

namespace CircuitPipeline.Circuits.Files;

/// <summary>The model in our own key of a circuit's file: what is not known or not there is left out.</summary>
internal static class ModelOriginJson
{
    private const int DigestDigits = 64;

    internal static void Write(Utf8JsonWriter json, ModelOrigin model)
    {
        json.WriteStartObject("model");
        WriteText(json, "id", model.Id);
        WriteText(json, "commit", model.Commit);
        json.WriteString("digest", model.Digest);
        WriteTexts(json, "ignored_keys", model.IgnoredKeys);
        WriteTexts(json, "ignored_tensors", model.IgnoredTensors);
        if (model.Adapter is { } adapter)
        {
            json.WriteStartObject("adapter");
            json.WriteString("path", adapter.Path);
            json.WriteString("digest", adapter.Digest);
            json.WriteString("method", adapter.Method);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <exception cref="InvalidDataException">A text is missing or of another form.</exception>
    internal static ModelOrigin Read(ConfigFields model) =>
        new(Digest(model))
        {
            Id = model.Text("id"),
            Commit = model.Text("commit"),
            IgnoredKeys = [.. model.Texts("ignored_keys") ?? []],
            IgnoredTensors = [.. model.Texts("ignored_tensors") ?? []],
            Adapter = model.Inner("adapter") is { } adapter
                ? new AdapterOrigin(Needed(adapter, "path"), Digest(adapter), Needed(adapter, "method"))
                : null,
        };

    private static void WriteText(Utf8JsonWriter json, string key, string? text)
    {
        if (text is not null)
        {
            json.WriteString(key, text);
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, string key, ImmutableArray<string> texts)
    {
        if (texts.IsEmpty)
        {
            return;
        }

        json.WriteStartArray(key);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static string Digest(ConfigFields fields)
    {
        string digest = Needed(fields, "digest");
        return digest.Length == DigestDigits && digest.All(char.IsAsciiHexDigitLower)
            ? digest
            : throw fields.Error(
                $"a model's or adapter's 'digest' is {MessageText.Quoted(digest)}, but {DigestDigits} hexadecimal digits in lower case are expected."
            );
    }

    private static string Needed(ConfigFields fields, string key) =>
        fields.Text(key) ?? throw fields.Error($"a model or adapter lacks a '{key}', but the text is expected.");
}
