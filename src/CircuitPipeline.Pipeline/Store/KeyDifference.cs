namespace CircuitPipeline.Pipeline.Store;

/// <summary>Says in words which components differ between two keys.</summary>
internal static class KeyDifference
{
    private const int LongestValue = 60;

    /// <summary>One phrase per component that changed, came or went, joined by "; "; empty when none did.</summary>
    public static string Between(ItemKey before, ItemKey now) =>
        string.Join(
            "; ",
            before
                .Components.Keys.Union(now.Components.Keys)
                .Order(StringComparer.Ordinal)
                .Select(name =>
                    Phrase(name, before.Components.GetValueOrDefault(name), now.Components.GetValueOrDefault(name))
                )
                .OfType<string>()
        );

    private static string? Phrase(string name, string? before, string? now) =>
        (before, now) switch
        {
            _ when before == now => null,
            (null, _) => $"{Subject(name)} was added{(IsCode(name) ? "" : $" ({Value(now!)})")}",
            (_, null) => $"{Subject(name)} was removed{(IsCode(name) ? "" : $" (it was {Value(before)})")}",
            _ when IsCode(name) => $"{Subject(name)} changed", // digests of code tell nobody anything
            _ => $"{Subject(name)} changed {Value(before)} -> {Value(now)}",
        };

    private static bool IsCode(string name) => name == "code" || name.StartsWith("code.", StringComparison.Ordinal);

    private static string Subject(string name) =>
        name switch
        {
            "code" => "the code",
            "stage.version" => "the stage's version",
            _ when IsCode(name) => $"the code of {name["code.".Length..]}",
            _ when name.StartsWith("spec.", StringComparison.Ordinal) => name["spec.".Length..],
            _ when name.StartsWith("input.", StringComparison.Ordinal) => $"input {name["input.".Length..]}",
            _ => name,
        };

    private static string Value(string value) =>
        Digest.TryParse(value, out Digest digest) ? $"{digest.Short}…"
        : value.Length == 0 ? "''"
        : value.Length <= LongestValue ? value
        : $"{value[..LongestValue]}…";
}
