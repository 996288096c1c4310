using System.CommandLine;

namespace CircuitPipeline.Tool;

/// <summary>One verb of the tool: says its options, reads them, calls the library and tells what it found.</summary>
internal abstract class Verb : Command
{
    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print one JSON document on standard output, and everything else on standard error.",
    };

    /// <param name="name">The verb.</param>
    /// <param name="description">One sentence for the help.</param>
    /// <param name="symbols">Its options and arguments, in the order of the help.</param>
    protected Verb(string name, string description, params ReadOnlySpan<Symbol> symbols)
        : base(name, description)
    {
        foreach (Symbol symbol in symbols)
        {
            if (symbol is Argument argument)
                Arguments.Add(argument);
            else
                Options.Add((Option)symbol);
        }

        Options.Add(_json);
    }

    /// <summary>Whether one JSON document was asked for.</summary>
    internal bool AsksForJson(ParseResult given) => given.GetValue(_json);

    /// <summary>Does the work.</summary>
    /// <param name="given">The command line.</param>
    /// <param name="work">Where to say how it goes.</param>
    internal abstract Answer Run(Given given, Work work);
}
