namespace CircuitPipeline.Text.Tables;

/// <summary>The columns of multiple choice in MIB's form: <c>choices.label</c> and the place <c>answerKey</c> in it.</summary>
internal static class MultipleChoice
{
    private const string Labels = "choices.label";
    private const string Key = "answerKey";

    public static (string Right, string? Wrong)? Of(TableRow first, string corrupted)
    {
        if (!first.Has(Labels) || !first.Has(Key))
        {
            return null;
        }

        string twin = corrupted.EndsWith(".prompt", StringComparison.Ordinal) ? corrupted[..^"prompt".Length] : "";
        return ("", twin.Length > 0 && first.Has(twin + Labels) ? twin : null);
    }

    /// <summary>The label of the right choice of a prompt whose columns begin with a prefix.</summary>
    public static string? AnswerOf(TableRow row, string prefix) =>
        row.At(prefix + Labels) is System.Text.Json.Nodes.JsonArray labels
        && row.At(prefix + Key)?.ToString() is { } key
        && int.TryParse(key, System.Globalization.CultureInfo.InvariantCulture, out int place)
        && place >= 0
        && place < labels.Count
        && labels[place]?.ToString() is { Length: > 0 } label
            ? label
            : null;
}
