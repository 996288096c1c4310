using System.Collections.Immutable;

namespace CircuitPipeline.Prompts.Tasks.Words;

/// <summary>Verbs whose form says whether the subject is one or many.</summary>
internal static class Verbs
{
    /// <summary>How many of each the tiny model's words hold, from the first.</summary>
    public const int Tiny = 3;

    /// <summary>The forms that go with one, those of <see cref="Plural"/> in the same order.</summary>
    public static ImmutableArray<string> Singular { get; } =
    [
        "is",
        "was",
        "has",
        "does",
        "looks",
        "seems",
        "needs",
        "makes",
        "gets",
        "takes",
        "goes",
        "comes",
        "remains",
        "appears",
    ];

    /// <summary>The forms that go with many.</summary>
    public static ImmutableArray<string> Plural { get; } =
    ["are", "were", "have", "do", "look", "seem", "need", "make", "get", "take", "go", "come", "remain", "appear"];

    /// <summary>The forms that go with one or with many.</summary>
    public static ImmutableArray<string> Form(bool isPlural) => isPlural ? Plural : Singular;
}
