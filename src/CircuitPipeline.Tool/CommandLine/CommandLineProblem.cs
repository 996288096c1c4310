using System.CommandLine;
using CircuitPipeline.Pipeline.Errors;

namespace CircuitPipeline.Tool.CommandLine;

/// <summary>Finds what is wrong with a command line, in one sentence that says what is allowed.</summary>
internal static class CommandLineProblem
{
    /// <summary>The first problem, or null.</summary>
    internal static string? Of(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string[] unknown = [.. parsed.UnmatchedTokens];
        if (command is RootCommand)
        {
            string commands = string.Join(", ", command.Subcommands.Select(known => known.Name));
            return unknown.Length == 0
                ? $"a command is missing. Allowed: {commands}; 'circuit COMMAND --help' shows each one's options."
                : $"unknown command '{unknown[0]}'. {Spelling.Advice(unknown[0], command.Subcommands.Select(known => known.Name))}";
        }

        if (unknown.Length > 0 && command.Options.Any(option => option.Name == unknown[0]))
        {
            return $"the option '{unknown[0]}' stands before the command; write 'circuit {command.Name} {unknown[0]}'.";
        }

        if (unknown.Length > 0)
        {
            return unknown[0].StartsWith('-')
                ? $"unknown option '{unknown[0]}' of '{command.Name}'. {Spelling.Advice(unknown[0], command.Options.Select(option => option.Name))}"
                : $"'{command.Name}' has no place for '{unknown[0]}'; see 'circuit {command.Name} --help'.";
        }

        return parsed.Errors.Count > 0
            ? $"{parsed.Errors[0].Message.ReplaceLineEndings(" ").TrimEnd('.')}; see 'circuit {command.Name} --help'."
            : null;
    }
}
