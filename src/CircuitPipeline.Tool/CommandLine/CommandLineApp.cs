using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using CircuitPipeline.Tool.Commands;

namespace CircuitPipeline.Tool.CommandLine;

/// <summary>The command line of <c>circuit</c>: finds the command, runs it, prints its result.</summary>
internal sealed class CommandLineApp(ProcessEnvironment environment)
{
    private readonly RootCommand _root = CommandList.Root();

    /// <summary>Runs one command line.</summary>
    /// <returns>The exit code.</returns>
    internal int Run(IReadOnlyList<string> arguments)
    {
        ParseResult parsed = _root.Parse(arguments);
        if (IsAboutTheTool(parsed.Action))
        {
            return AboutTheTool(parsed);
        }

        if (CommandLineProblem.Of(parsed) is { } problem)
        {
            return Tell(new UserError(ExitCodes.WrongInput, problem), arguments.Contains(ToolCommand.JsonName));
        }

        ToolCommand command = (ToolCommand)parsed.CommandResult.Command;
        try
        {
            return Run(command, parsed);
        }
        catch (Exception exception) when (UserErrors.Of(exception) is { } error)
        {
            return Tell(error, command.AsksForJson(parsed));
        }
    }

    // Help and version are the library's own; every other action is a command of ours.
    private static bool IsAboutTheTool(CommandLineAction? action) =>
        action is HelpAction || action?.GetType().DeclaringType == typeof(VersionOption);

    // The library names the program's file, but users type two words.
    private int AboutTheTool(ParseResult parsed)
    {
        using StringWriter page = new();
        int code = parsed.Invoke(new InvocationConfiguration { Output = page, Error = environment.Error });
        environment.Output.Write(
            page.ToString().Replace($"  {RootCommand.ExecutableName} ", "  dotnet circuit ", StringComparison.Ordinal)
        );
        return code;
    }

    private int Run(ToolCommand command, ParseResult parsed)
    {
        bool json = command.AsksForJson(parsed);
        TextWriter lines = json ? environment.Error : environment.Output;
        CommandResult result = command.Run(new ParsedOptions(parsed), new CommandContext(environment, lines));
        string[] warnings = [.. result.Ignored is { } ignored ? [ignored.Sentence] : (string[])[], .. result.Warnings];
        foreach (string warning in warnings)
        {
            environment.Error.WriteLine($"Warning: {warning}");
        }

        if (json)
        {
            environment.Output.Write(
                CommandJson.Write(result.Document, [.. warnings, .. result.DocumentWarnings], result.Ignored)
            );
        }
        else
        {
            environment.Output.Write(string.Concat(result.Lines.Select(line => line + "\n")));
        }

        environment.Output.Flush();
        return result.ExitCode;
    }

    // Whoever asked for a document gets one whatever happens.
    private int Tell(UserError error, bool json)
    {
        error.Print(environment.Error);
        if (json)
        {
            environment.Output.Write(CommandJson.Write(new { Error = error.Message, error.ExitCode }, []));
            environment.Output.Flush();
        }

        return error.ExitCode;
    }
}
