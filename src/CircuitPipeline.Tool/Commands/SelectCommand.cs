using System.CommandLine;
using System.Diagnostics;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary><c>select</c>: chooses a circuit's edges by their scores.</summary>
internal sealed class SelectCommand : ToolCommand
{
    private static readonly string[] Selectors = ["top-n", "greedy", "threshold", "top-nodes"];

    private static readonly Option<string> Scores = OptionFactory.Required(
        "--scores",
        "SCORES.json",
        "Scores of all edges."
    );

    private static readonly Option<string> Selector = OptionFactory.Required(
        "--selector",
        Selectors,
        "The rule that chooses."
    );

    private static readonly Option<string> Edges = OptionFactory.Optional(
        "--edges",
        "N|P%",
        "How many edges before pruning, for 'top-n' and 'greedy'."
    );

    private static readonly Option<string> Nodes = OptionFactory.Optional(
        "--nodes",
        "N",
        "How many nodes, for 'top-nodes'."
    );

    private static readonly Option<string> LeastScore = OptionFactory.Optional(
        "--threshold",
        "X",
        "The least score, for 'threshold'."
    );

    private static readonly Option<bool> Signed = OptionFactory.Flag(
        "--signed",
        "Compare scores with their sign; by default by their absolute value."
    );

    private static readonly Option<bool> NoPrune = OptionFactory.Flag(
        "--no-prune",
        "Keep nodes that no signal passes."
    );

    private static readonly Option<string> Out = OptionFactory.Required(
        "--out",
        "CIRCUIT.json",
        "Where the circuit is written."
    );

    internal SelectCommand()
        : base(
            "select",
            "Chooses a circuit's edges by their scores.",
            Scores,
            Selector,
            Edges,
            Nodes,
            LeastScore,
            Signed,
            NoPrune,
            Out
        ) { }

    internal override CommandResult Run(ParsedOptions options, CommandContext context)
    {
        string output = options.Text(Out);
        string scoresFile = options.Text(Scores);
        string selector = options.WordOrNull(Selector, Selectors)!;
        EdgeAmount? edges = options.TextOrNull(Edges) is { } text ? EdgeAmount.Parse(text, Edges.Name) : null;
        int? nodes = options.WholeOrNull(Nodes, 1, int.MaxValue);
        double? threshold = options.RealOrNull(LeastScore);
        bool signed = options.Flag(Signed);
        OutputFile file = OutputFile.At(output, Out.Name, scoresFile);
        MustHaveItsOption(selector, options);
        (EdgeScores scores, string[] warnings) = CircuitFiles.ReadScores(scoresFile);
        Circuit chosen = UserErrors.Wrap(() => Rule(scores.Graph).Select(scores));
        Circuit circuit = options.Flag(NoPrune) ? chosen : chosen.Prune();
        file.Write(CircuitFile.Write(circuit));
        CommandResult result = CircuitSummary.Of(circuit, output);
        return result with { Warnings = [.. result.Warnings, .. warnings, .. Ties(chosen, scores)] };

        ICircuitSelector Rule(ComputationGraph graph) =>
            selector switch
            {
                "top-n" => new TopN(edges!.Of(graph), signed),
                "greedy" => new Greedy(edges!.Of(graph), signed),
                "threshold" => new Threshold(threshold!.Value, signed),
                "top-nodes" => new TopNodes(nodes!.Value, signed),
                _ => throw new UnreachableException(),
            };
    }

    // A threshold leaves nothing open.
    private static IEnumerable<string> Ties(Circuit chosen, EdgeScores scores)
    {
        SelectionOrigin selection = chosen.Selection;
        return selection.Selector switch
        {
            "top-n" => CircuitWarnings.OfTies(ScoreTies.AtCut(scores.Values, selection.EdgesAsked, selection.Signed)),
            "greedy" => CircuitWarnings.OfTies(ScoreTies.OfGreedy(chosen)),
            "top-nodes" => CircuitWarnings.OfTies(
                ScoreTies.AtCut(
                    [.. NodeScores.OfEdges(scores).Values.OfType<double>()],
                    selection.NodesAsked!.Value,
                    selection.Signed
                ),
                "node"
            ),
            _ => [],
        };
    }

    private static void MustHaveItsOption(string selector, ParsedOptions options)
    {
        Option own = selector switch
        {
            "threshold" => LeastScore,
            "top-nodes" => Nodes,
            _ => Edges,
        };
        Option[] all = [Edges, LeastScore, Nodes];
        if (Array.Find(all, option => option != own && options.Has(option)) is { } strange)
        {
            throw new InvalidExperimentException($"'{strange.Name}' has no meaning for '{selector}'.");
        }

        if (!options.Has(own))
        {
            throw new InvalidExperimentException($"'{own.Name}' is missing, but '{selector}' needs it.");
        }
    }
}
