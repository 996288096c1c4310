using System.CommandLine;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary><c>union</c>: merges two circuits by the paper's rule.</summary>
internal sealed class UnionCommand : ToolCommand
{
    private static readonly Argument<string> First = OptionFactory.File("A.json", "A circuit.");
    private static readonly Argument<string> Second = OptionFactory.File(
        "B.json",
        "Another circuit of the same graph."
    );

    private static readonly Option<string> Edges = OptionFactory.Optional(
        "--edges",
        "N|P%",
        "How many of the merged edges are kept, by absolute score; by default all."
    );

    private static readonly Option<bool> Collapse = OptionFactory.Flag(
        "--collapse-qkv",
        "Count the edges to a head's query, key and value as one."
    );

    private static readonly Option<string> Out = OptionFactory.Required(
        "--out",
        "C.json",
        "Where the union is written."
    );

    internal UnionCommand()
        : base(
            "union",
            "Merges two circuits: shared edges get the mean of both scores, the others keep theirs.",
            First,
            Second,
            Edges,
            Collapse,
            Out
        ) { }

    internal override CommandResult Run(ParsedOptions options, CommandContext context)
    {
        string output = options.Text(Out);
        EdgeAmount? edges = options.TextOrNull(Edges) is { } text ? EdgeAmount.Parse(text, Edges.Name) : null;
        bool collapse = options.Flag(Collapse);
        OutputFile file = OutputFile.At(output, Out.Name, options.Text(First), options.Text(Second));
        Circuit first = CircuitFiles.Read(options.Text(First), collapse);
        Circuit second = CircuitFiles.Read(options.Text(Second), collapse);
        Circuit union = UserErrors.Wrap(() => UnionCircuit.Of(first, second, edges?.Of(first.Graph)));
        file.Write(CircuitFile.Write(union));
        CommandResult result = CircuitSummary.Of(union, output);
        return result with
        {
            Warnings =
            [
                .. result.Warnings,
                .. CircuitWarnings.OfEach((options.Text(First), first), (options.Text(Second), second)),
                .. CircuitWarnings.OfDifferentOrigin(first, second),
                .. CircuitWarnings.OfTies(Ties(first, second, union)),
            ],
        };
    }

    // Only edges of either circuit could be kept.
    private static ScoreTies? Ties(Circuit first, Circuit second, Circuit union) =>
        ScoreTies.AtCut(
            [
                .. union
                    .Scores!.Values.Index()
                    .Where(edge => first.Contains(edge.Index) || second.Contains(edge.Index))
                    .Select(edge => edge.Item),
            ],
            union.EdgeCount,
            signed: false
        );
}
