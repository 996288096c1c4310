using System.CommandLine;
using CircuitPipeline.Circuits;
using CircuitPipeline.Study.Verbs;

namespace CircuitPipeline.Tool;

/// <summary><c>union</c>: merges two circuits by the paper's rule.</summary>
internal sealed class UnionVerb : Verb
{
    private static readonly Argument<string> First = Choice.File("A.json", "A circuit.");
    private static readonly Argument<string> Second = Choice.File("B.json", "Another circuit of the same graph.");

    private static readonly Option<string> Edges = Choice.Optional(
        "--edges",
        "N|P%",
        "How many of the merged edges are kept, by absolute score; by default all."
    );

    private static readonly Option<bool> Collapse = Choice.Flag(
        "--collapse-qkv",
        "Count the edges to a head's query, key and value as one."
    );

    private static readonly Option<string> Out = Choice.Required("--out", "C.json", "Where the union is written.");

    internal UnionVerb()
        : base(
            "union",
            "Merges two circuits: shared edges get the mean of both scores, the others keep theirs.",
            First,
            Second,
            Edges,
            Collapse,
            Out
        ) { }

    internal override Answer Run(Given given, Work work)
    {
        string output = given.Text(Out);
        EdgeAmount? edges = given.TextOrNull(Edges) is { } text ? EdgeAmount.Parse(text, Edges.Name) : null;
        Circuit union = CircuitComparison.Union(
            given.Text(First),
            given.Text(Second),
            edges,
            given.Flag(Collapse),
            output
        );
        return new Answer(CircuitSummary.Document(union, output), CircuitSummary.Lines(union, output));
    }
}
