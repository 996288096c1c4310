using System.CommandLine;
using CircuitPipeline.Circuits;
using CircuitPipeline.Study.Verbs;

namespace CircuitPipeline.Tool;

/// <summary><c>select</c>: chooses a circuit's edges by their scores.</summary>
internal sealed class SelectVerb : Verb
{
    private static readonly Option<string> Scores = Choice.Required("--scores", "SCORES.json", "Scores of all edges.");

    private static readonly Option<string> Selector = Choice.Required(
        "--selector",
        string.Join('|', CircuitSelection.Selectors),
        "The rule that chooses."
    );

    private static readonly Option<string> Edges = Choice.Optional(
        "--edges",
        "N|P%",
        "How many edges before pruning, for 'top-n' and 'greedy'."
    );

    private static readonly Option<string> Nodes = Choice.Optional("--nodes", "N", "How many nodes, for 'top-nodes'.");

    private static readonly Option<string> Threshold = Choice.Optional(
        "--threshold",
        "X",
        "The least score, for 'threshold'."
    );

    private static readonly Option<bool> Signed = Choice.Flag(
        "--signed",
        "Compare scores with their sign; by default by their absolute value."
    );

    private static readonly Option<bool> NoPrune = Choice.Flag("--no-prune", "Keep nodes that no signal passes.");

    private static readonly Option<string> Out = Choice.Required(
        "--out",
        "CIRCUIT.json",
        "Where the circuit is written."
    );

    internal SelectVerb()
        : base(
            "select",
            "Chooses a circuit's edges by their scores.",
            Scores,
            Selector,
            Edges,
            Nodes,
            Threshold,
            Signed,
            NoPrune,
            Out
        ) { }

    internal override Answer Run(Given given, Work work)
    {
        string output = given.Text(Out);
        Circuit circuit = CircuitSelection.Run(
            new SelectionRequest
            {
                Scores = given.Text(Scores),
                Selector = given.WordOrNull(Selector, CircuitSelection.Selectors)!,
                Edges = given.TextOrNull(Edges) is { } edges ? EdgeAmount.Parse(edges, Edges.Name) : null,
                Nodes = given.WholeOrNull(Nodes, 1, int.MaxValue),
                Threshold = given.RealOrNull(Threshold),
                Signed = given.Flag(Signed),
                Prune = !given.Flag(NoPrune),
                Output = output,
            }
        );
        return new Answer(CircuitSummary.Document(circuit, output), CircuitSummary.Lines(circuit, output));
    }
}
