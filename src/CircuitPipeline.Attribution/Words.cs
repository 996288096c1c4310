using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CircuitPipeline.Attribution;

/// <summary>The lower-case words with hyphens by which specs and artifacts call the values of an enumeration.</summary>
public static partial class Words
{
    /// <summary>The word of a value: <c>mean-positional</c> for <see cref="Intervention.MeanPositional"/>.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="value">One of its values.</param>
    public static string Of<T>(T value)
        where T : struct, Enum => Separated(value.ToString(), '-');

    /// <summary>The words of all values, in their order.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    public static ImmutableArray<string> All<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(Of)];

    /// <summary>The value of a word.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="word">A word as <see cref="Of"/> gives it.</param>
    /// <exception cref="UnknownNameException">No value has the word.</exception>
    public static T Parse<T>(string word)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (Of(value) == word)
                return value;
        }

        throw Unknown(Separated(typeof(T).Name, ' '), word, All<T>());
    }

    /// <summary>That a word names nothing.</summary>
    /// <param name="what">What it should name.</param>
    /// <param name="word">The word.</param>
    /// <param name="allowed">The words that do.</param>
    internal static UnknownNameException Unknown(string what, string word, IEnumerable<string> allowed) =>
        new($"The {what} is '{word}', but {Choice(allowed)} is allowed.");

    /// <summary>Words as a choice: 'a', 'b' or 'c'.</summary>
    internal static string Choice(IEnumerable<string> words)
    {
        string[] quoted = [.. words.Select(word => $"'{word}'")];
        return quoted.Length == 1 ? quoted[0] : $"{string.Join(", ", quoted[..^1])} or {quoted[^1]}";
    }

    private static string Separated(string name, char separator) =>
        InnerCapital().Replace(name, $"{separator}$1").ToLowerInvariant();

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex InnerCapital();
}
