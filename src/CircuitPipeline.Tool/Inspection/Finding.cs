using System.Collections.Immutable;
using System.Globalization;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Inspection;

/// <summary>What a file or folder is found to be.</summary>
/// <param name="Kind">The kind, such as <c>model</c>.</param>
/// <param name="Facts">What is to be known of it, in order: texts, numbers, lists of texts.</param>
/// <param name="Refused">What other commands would refuse of it, and why, in sentences.</param>
internal sealed record Finding(string Kind, ImmutableArray<Fact> Facts, ImmutableArray<string> Refused)
{
    /// <summary>What a reader must know of what is not refused.</summary>
    internal ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>As the command prints it.</summary>
    internal CommandResult ToResult(string path) =>
        new(
            new
            {
                Path = path,
                Kind,
                Facts = Facts.ToDictionary(fact => fact.Name.Replace(' ', '_'), fact => fact.Value),
                Refused,
            },
            [
                $"{path}: {Kind}",
                .. Facts.Select(fact => $"  {fact.Name}: {fact.Text}"),
                .. Refused.Select(sentence => $"  refused: {sentence}"),
            ]
        )
        {
            Warnings = Warnings,
        };

    /// <summary>What a step finds, or a refusal in its place.</summary>
    internal static IEnumerable<Fact> Try(List<string> refused, Func<IEnumerable<Fact>> look)
    {
        try
        {
            return [.. look()];
        }
        catch (Exception cause) when (UserErrors.Of(cause) is { } error)
        {
            refused.Add(error.Message);
            return [];
        }
    }
}

/// <summary>One thing to know.</summary>
/// <param name="Name">Its name in words.</param>
/// <param name="Value">A text, a number, or a list of texts.</param>
internal sealed record Fact(string Name, object Value)
{
    /// <summary>Whether the number is a share of 1, which a reader gets in percent.</summary>
    internal bool IsShare { get; init; }

    /// <summary>The value for a reader.</summary>
    internal string Text =>
        Value switch
        {
            int or long => string.Create(CultureInfo.InvariantCulture, $"{Value:N0}"),
            double share when IsShare => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.##} %"),
            double number => number.ToString(CultureInfo.InvariantCulture),
            IEnumerable<string> list => string.Join(", ", list),
            _ => $"{Value}",
        };
}
