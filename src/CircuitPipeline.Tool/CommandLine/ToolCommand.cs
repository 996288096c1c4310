using System.CommandLine;

namespace CircuitPipeline.Tool.CommandLine;

/// <summary>One command of the tool: says its options, reads them, does the work and tells what it found.</summary>
internal abstract class ToolCommand : Command
{
    /// <summary>The option of every command.</summary>
    internal const string JsonName = "--json";

    private readonly Option<bool> _json = new(JsonName)
    {
        Description = "Print one JSON document on standard output, and everything else on standard error.",
    };

    /// <param name="name">The command's name.</param>
    /// <param name="description">One sentence for the help.</param>
    /// <param name="symbols">Its options and arguments, in the order of the help.</param>
    protected ToolCommand(string name, string description, params ReadOnlySpan<Symbol> symbols)
        : base(name, description)
    {
        foreach (Symbol symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                Arguments.Add(argument);
            }
            else
            {
                Options.Add((Option)symbol);
            }
        }

        Options.Add(_json);
    }

    /// <summary>Whether one JSON document was asked for.</summary>
    internal bool AsksForJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Does the work.</summary>
    /// <param name="options">The values of the command line.</param>
    /// <param name="context">The process, and where to say how it goes.</param>
    internal abstract CommandResult Run(ParsedOptions options, CommandContext context);
}
