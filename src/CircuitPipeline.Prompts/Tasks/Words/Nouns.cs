using System.Collections.Immutable;

namespace CircuitPipeline.Prompts.Tasks.Words;

/// <summary>Nouns with their plurals.</summary>
internal static class Nouns
{
    /// <summary>People by what they do: subjects and attractors of every construction.</summary>
    public static ImmutableArray<Noun> People { get; } =
        Of(
            "author pilot teacher doctor farmer singer lawyer dancer painter driver manager officer senator minister guard "
                + "chef banker student surgeon writer artist baker sailor soldier engineer actor clerk tailor hunter poet"
        );

    /// <summary>Things that stand somewhere.</summary>
    public static ImmutableArray<Noun> Things { get; } =
        Of(
            "key cabinet table chair lamp book picture door window car boat truck tree stone wall desk mirror bottle basket "
                + "bridge tower painting statue carpet bench clock box/boxes glass/glasses bus/buses flower"
        );

    /// <summary>All of them.</summary>
    public static ImmutableArray<Noun> All { get; } = [.. People, .. Things];

    /// <summary>The noun of a form; null where it is none.</summary>
    /// <param name="word">In lower case, singular or plural.</param>
    public static Noun? With(string word) => All.FirstOrDefault(noun => noun.Singular == word || noun.Plural == word);

    private static ImmutableArray<Noun> Of(string words) =>
        [
            .. words
                .Split(' ')
                .Select(entry => entry.Split('/'))
                .Select(forms => new Noun(forms[0], forms.Length > 1 ? forms[1] : $"{forms[0]}s")),
        ];
}

/// <summary>A noun.</summary>
/// <param name="Singular">The form for one.</param>
/// <param name="Plural">The form for many.</param>
internal sealed record Noun(string Singular, string Plural)
{
    /// <summary>The form for one or for many.</summary>
    public string Form(bool isPlural) => isPlural ? Plural : Singular;
}
