using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace CircuitPipeline.Tool;

/// <summary>The command line of <c>circuit</c>: finds the verb, runs it, prints its answer.</summary>
internal sealed class Front(Surroundings surroundings)
{
    private readonly RootCommand _root = Verbs.Root();

    /// <summary>Runs one command line.</summary>
    /// <returns>The exit code.</returns>
    internal int Run(IReadOnlyList<string> arguments)
    {
        ParseResult given = _root.Parse(arguments);
        if (IsAboutTheTool(given.Action))
            return given.Invoke(
                new InvocationConfiguration { Output = surroundings.Output, Error = surroundings.Error }
            );
        if (CommandLineProblem.Of(given) is { } problem)
            return Refuse(problem);
        var verb = (Verb)given.CommandResult.Command;
        try
        {
            return Run(verb, given);
        }
        catch (Exception failure) when (Failure.Of(failure) is { } known)
        {
            known.Print(surroundings.Error);
            return known.ExitCode;
        }
    }

    // Help and version are the library's own; every other action is a verb of ours.
    private static bool IsAboutTheTool(CommandLineAction? action) =>
        action is HelpAction || action?.GetType().DeclaringType == typeof(VersionOption);

    private int Run(Verb verb, ParseResult given)
    {
        bool json = verb.AsksForJson(given);
        TextWriter lines = json ? surroundings.Error : surroundings.Output;
        Answer answer = verb.Run(new Given(given), new Work(surroundings, lines));
        if (json)
            surroundings.Output.Write(VerbJson.Write(answer.Document));
        else
            surroundings.Output.Write(string.Concat(answer.Lines.Select(line => line + "\n")));
        surroundings.Output.Flush();
        return answer.ExitCode;
    }

    private int Refuse(string problem)
    {
        surroundings.Error.WriteLine($"Error: {problem}");
        return ExitCodes.WrongInput;
    }
}
