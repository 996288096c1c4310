namespace CircuitPipeline.Study.Spec;

/// <summary>Enum members as YAML values: lower-case words with hyphens.</summary>
internal static class SpecEnum
{
    public static string[] NamesOf(Type type) => [.. Enum.GetNames(type).Select(NameOf)];

    public static string NameOf(object member) => SpecKey.NameOf(member.ToString()!).Replace('_', '-');

    public static object? Parse(Type type, string text) =>
        Enum.GetNames(type).FirstOrDefault(name => NameOf(name) == text) is { } name ? Enum.Parse(type, name) : null;
}
