using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CircuitPipeline.Attribution;

/// <summary>The names of an enumeration's values in specs and artifacts: lower-case words with hyphens.</summary>
public static partial class EnumNames
{
    /// <summary>The name of a value: <c>mean-positional</c> for <see cref="Intervention.MeanPositional"/>.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="value">One of its values.</param>
    public static string Of<T>(T value)
        where T : struct, Enum => Separated(value.ToString(), '-');

    /// <summary>The names of all values, in their order.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    public static ImmutableArray<string> All<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(Of)];

    /// <summary>The value of a name.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">A name as <see cref="Of"/> gives it.</param>
    /// <exception cref="UnknownNameException">No value has the name.</exception>
    public static T Parse<T>(string name)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (Of(value) == name)
            {
                return value;
            }
        }

        throw Unknown(Separated(typeof(T).Name, ' '), name, All<T>());
    }

    /// <summary>That a name names nothing.</summary>
    /// <param name="what">What it should name.</param>
    /// <param name="name">The name.</param>
    /// <param name="allowed">The names that do.</param>
    internal static UnknownNameException Unknown(string what, string name, IEnumerable<string> allowed) =>
        new($"The {what} is '{name}', but {Choice(allowed)} is allowed.");

    /// <summary>Names as a choice: 'a', 'b' or 'c'.</summary>
    internal static string Choice(IEnumerable<string> names)
    {
        string[] quoted = [.. names.Select(name => $"'{name}'")];
        return quoted.Length == 1 ? quoted[0] : $"{string.Join(", ", quoted[..^1])} or {quoted[^1]}";
    }

    private static string Separated(string name, char separator) =>
        InnerCapital().Replace(name, $"{separator}$1").ToLowerInvariant();

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex InnerCapital();
}

/// <summary>A word names no method, metric, intervention or the like; the message says which words do.</summary>
/// <param name="message">The sentence.</param>
public sealed class UnknownNameException(string message) : Exception(message);
