using System.CommandLine;
using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Pipeline.Errors;

namespace CircuitPipeline.Tool.CommandLine;

/// <summary>The values of a command line, each read with a sentence for what is wrong with it.</summary>
internal sealed class ParsedOptions(ParseResult result)
{
    /// <summary>Whether an option was written.</summary>
    internal bool Has(Option option) => result.GetResult(option) is { Implicit: false };

    /// <summary>A flag.</summary>
    internal bool Flag(Option<bool> option) => result.GetValue(option);

    /// <summary>A text; null when the option was not written.</summary>
    internal string? TextOrNull(Option<string> option) =>
        result.GetValue(option) switch
        {
            null => null,
            "" => throw Wrong(option, "", "but must not be empty"),
            var text => text,
        };

    /// <summary>The texts of an option that may be written several times.</summary>
    internal string[] Texts(Option<string[]> option) =>
        result.GetValue(option) is not { } texts ? []
        : Array.TrueForAll(texts, text => text.Length > 0) ? texts
        : throw Wrong(option, "", "but must not be empty");

    /// <summary>The text of an option that the command line must have.</summary>
    internal string Text(Option<string> option) => TextOrNull(option)!;

    /// <summary>The text of an argument.</summary>
    internal string Text(Argument<string> argument) =>
        result.GetValue(argument) is { Length: > 0 } text
            ? text
            : throw new InvalidExperimentException($"'{argument.Name}' is '', but must not be empty.");

    /// <summary>The text of an argument that may be left out.</summary>
    internal string? TextOrNull(Argument<string?> argument) => result.GetValue(argument);

    /// <summary>The texts of an argument that may be written several times.</summary>
    internal string[] Texts(Argument<string[]> argument) =>
        result.GetValue(argument) is not { } texts ? []
        : Array.TrueForAll(texts, text => text.Length > 0) ? texts
        : throw new InvalidExperimentException($"'{argument.Name}' is '', but must not be empty.");

    /// <summary>A whole number; null when the option was not written.</summary>
    internal int? WholeOrNull(Option<string> option, int lowest, int highest) =>
        TextOrNull(option) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
        && number >= lowest
        && number <= highest
            ? number
        : throw Wrong(
            option,
            text,
            string.Create(CultureInfo.InvariantCulture, $"but a whole number from {lowest} to {highest:N0} is allowed")
        );

    /// <summary>A finite number; null when the option was not written.</summary>
    internal double? RealOrNull(Option<string> option) =>
        TextOrNull(option) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        && double.IsFinite(number)
            ? number
        : throw Wrong(option, text, "but a finite number is allowed");

    /// <summary>A number in a range; null when the option was not written.</summary>
    internal double? RealOrNull(Option<string> option, double lowest, double highest) =>
        RealOrNull(option) is not { } number ? null
        : number >= lowest && number <= highest ? number
        : throw Wrong(
            option,
            TextOrNull(option)!,
            string.Create(CultureInfo.InvariantCulture, $"but a number from {lowest} to {highest:N0} is allowed")
        );

    /// <summary>One of several words; null when the option was not written.</summary>
    internal string? WordOrNull(Option<string> option, IEnumerable<string> allowed) =>
        TextOrNull(option) is not { } word ? null
        : allowed.Contains(word) ? word
        : throw new InvalidExperimentException(
            $"'{option.Name}' is {MessageText.Quoted(word)}. {Spelling.Advice(word, allowed)}"
        );

    /// <summary>A value of an enumeration by its word; null when the option was not written.</summary>
    internal T? WordOrNull<T>(Option<string> option)
        where T : struct, Enum => WordOrNull(option, EnumNames.All<T>()) is { } word ? EnumNames.Parse<T>(word) : null;

    /// <summary>Refuses an option that has no meaning beside the others.</summary>
    internal void Refuse(Option option, bool when, string because)
    {
        if (when && Has(option))
        {
            throw new InvalidExperimentException($"'{option.Name}' cannot be used here, because {because}.");
        }
    }

    private static InvalidExperimentException Wrong(Option option, string found, string allowed) =>
        new($"'{option.Name}' is {MessageText.Quoted(found)}, {allowed}.");
}
