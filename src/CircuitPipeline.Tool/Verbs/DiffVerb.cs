using System.CommandLine;
using CircuitPipeline.Circuits;
using CircuitPipeline.Study.Verbs;

namespace CircuitPipeline.Tool;

/// <summary><c>diff</c>: says what changed from one circuit to another.</summary>
internal sealed class DiffVerb : Verb
{
    private static readonly Argument<string> Before = Choice.File("BEFORE.json", "The circuit before.");
    private static readonly Argument<string> After = Choice.File("AFTER.json", "The circuit after.");

    private static readonly Option<bool> Collapse = Choice.Flag(
        "--collapse-qkv",
        "Count the edges to a head's query, key and value as one."
    );

    private static readonly Option<bool> Names = Choice.Flag("--names", "Name every node and edge that came or went.");

    internal DiffVerb()
        : base("diff", "Says what changed from one circuit to another.", Before, After, Collapse, Names) { }

    internal override Answer Run(Given given, Work work)
    {
        CircuitDiff diff = CircuitComparison.Diff(given.Text(Before), given.Text(After), given.Flag(Collapse));
        return new Answer(DiffDocument.Of(diff, given.Flag(Names)), DiffLines.Of(diff, given.Flag(Names)));
    }
}
