using System.Collections.Immutable;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Text.Tables;
using CircuitPipeline.Text.Tokenizers;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary>What files of prompts share, for <c>pairs --check-leaks</c>.</summary>
internal static class LeakCheck
{
    /// <summary>Compares each two files.</summary>
    /// <param name="files">The files, those that are learned from first.</param>
    /// <param name="column">The column of the clean prompts; null for the known ones.</param>
    /// <param name="model">The folder whose tokenizer makes texts of token ids; null where there are none.</param>
    /// <param name="fails">Whether a leak is a failure.</param>
    /// <exception cref="InvalidDataException">A file cannot be read.</exception>
    internal static CommandResult Of(IReadOnlyList<string> files, string? column, string? model, bool fails)
    {
        if (files.GroupBy(Path.GetFullPath).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new InvalidDataException(
                $"{twice.First()}: is named twice, and shares all rows with itself; name each file once."
            );
        }

        ITokenizer? tokenizer = model is null ? null : TokenizerFolder.Find(model);
        using IDisposable? engine = tokenizer as IDisposable;
        PromptSet[] sets = [.. files.Select(file => CleanPrompts.Read(file, column, tokenizer))];
        ImmutableArray<Leak> leaks = Leaks.Between(sets);
        return new CommandResult(
            new
            {
                Files = sets.Select(set => new { File = set.Name, Rows = set.Prompts.Length }),
                Leaks = leaks.Select(leak => new
                {
                    leak.Earlier,
                    leak.Later,
                    leak.AllRows,
                    leak.Rows,
                    leak.SamePrompt,
                    leak.SameOperands,
                    leak.Kinds,
                    leak.First,
                }),
            },
            [
                .. leaks.IsEmpty
                    ? (string[])[$"No row of {Plural.Of(sets.Length, "file")} is known from another."]
                    : [.. leaks.Select(leak => $"{leak}")],
            ],
            fails && !leaks.IsEmpty ? ExitCodes.Failed : ExitCodes.Done
        );
    }
}
