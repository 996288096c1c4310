using System.Collections.Immutable;

namespace CircuitPipeline.Prompts.Tasks.Words;

/// <summary>Common English first names, each of women or of men only.</summary>
internal static class FirstNames
{
    /// <summary>Names of women, the most common first.</summary>
    public static ImmutableArray<string> Women { get; } =
    [
        .. (
            "Mary Anna Emma Sarah Laura Alice Jane Susan Linda Karen Nancy Helen Julia Maria Rachel Emily Amy Kate Lisa Betty "
            + "Ruth Diana Grace Rose Claire Lucy Martha Sophie Olivia Hannah Rebecca Amanda Melissa Deborah Stephanie Catherine "
            + "Janet Joyce Alicia Heather Judith Megan Victoria Lauren Christina Joan Evelyn Natalie Theresa Beverly Denise "
            + "Marilyn Charlotte Marie Abigail Isabella Vanessa Barbara Patricia Jennifer Elizabeth Margaret Jessica Michelle "
            + "Kimberly Donna Carol Sharon Cynthia Angela Brenda Pamela Nicole Samantha Katherine Christine Virginia Maureen"
        ).Split(' '),
    ];

    /// <summary>Names of men, the most common first.</summary>
    public static ImmutableArray<string> Men { get; } =
    [
        .. (
            "John James Robert David William Thomas Peter Paul Mark George Steven Andrew Kevin Brian Edward Ronald Anthony Jason "
            + "Gary Eric Stephen Larry Frank Scott Simon Henry Daniel Matthew Joseph Richard Charles Michael Kenneth Joshua Ryan "
            + "Jacob Nicholas Jonathan Justin Brandon Benjamin Raymond Gregory Patrick Jack Dennis Jerry Tyler Aaron Adam Nathan "
            + "Douglas Zachary Walter Kyle Harold Carl Jeremy Keith Roger Arthur Lawrence Sean Christian Albert Joe Ethan Austin "
            + "Bruce Ralph Roy Eugene Louis Philip Bobby Alan Howard Fred"
        ).Split(' '),
    ];

    /// <summary>All names.</summary>
    public static ImmutableArray<string> All { get; } = [.. Women, .. Men];

    /// <summary>Whether a name is a woman's, in either case of letters.</summary>
    public static bool IsWoman(string name) => Women.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The names that stand in a text as words of their own, in its order, in its case of letters.</summary>
    public static ImmutableArray<string> In(string text) =>
        [.. WordsOf.Text(text).Where(word => All.Contains(word, StringComparer.OrdinalIgnoreCase))];
}

/// <summary>Takes texts apart.</summary>
internal static class WordsOf
{
    /// <summary>The runs of letters and digits of a text.</summary>
    public static string[] Text(string text) =>
        string.Concat(text.Select(unit => char.IsLetterOrDigit(unit) ? unit : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
