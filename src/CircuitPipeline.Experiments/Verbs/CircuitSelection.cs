using CircuitPipeline.Circuits;

namespace CircuitPipeline.Experiments;

/// <summary>Selects a circuit from a file of scores: the verb <c>select</c>.</summary>
public static class CircuitSelection
{
    /// <summary>The rules, by name.</summary>
    public static IReadOnlyList<string> Selectors { get; } = ["top-n", "greedy", "threshold", "top-nodes"];

    /// <summary>Reads scores, chooses edges, prunes unless asked not to, and writes the circuit.</summary>
    /// <param name="request">What is asked for.</param>
    /// <returns>The circuit as it was written.</returns>
    /// <exception cref="InvalidExperimentException">The graph has fewer edges, or an option has no meaning for the rule.</exception>
    /// <exception cref="InvalidCircuitException">The scores cannot be read.</exception>
    public static Circuit Run(SelectionRequest request)
    {
        OutputFile output = OutputFile.At(request.Output, "--out");
        EdgeScores scores = ScoresFile.Read(request.Scores);
        Circuit chosen = Asked.For(() => SelectorOf(request, scores.Graph).Select(scores));
        Circuit circuit = request.Prune ? chosen.Prune() : chosen;
        output.Write(CircuitFile.Write(circuit));
        return circuit;
    }

    private static ICircuitSelector SelectorOf(SelectionRequest request, ComputationGraph graph) =>
        request switch
        {
            { Selector: not "top-nodes", Nodes: not null } => throw Wrong(
                "--nodes",
                $"has no meaning for '{request.Selector}'"
            ),
            { Selector: "threshold", Edges: not null } => throw Wrong("--edges", "has no meaning for 'threshold'"),
            { Selector: "threshold", Threshold: double least } => new Threshold(least, request.Signed),
            { Selector: "threshold" } => throw Wrong("--threshold", "is missing, but 'threshold' needs it"),
            { Selector: "top-nodes", Edges: not null } => throw Wrong("--edges", "has no meaning for 'top-nodes'"),
            { Selector: "top-nodes", Nodes: int nodes, Threshold: null } => new TopNodes(nodes, request.Signed),
            { Selector: "top-nodes", Threshold: null } => throw Wrong(
                "--nodes",
                "is missing, but 'top-nodes' needs it"
            ),
            { Threshold: not null } => throw Wrong("--threshold", $"has no meaning for '{request.Selector}'"),
            { Edges: null } => throw Wrong("--edges", $"is missing, but '{request.Selector}' needs it"),
            { Selector: "top-n", Edges: { } edges } => new TopN(edges.Of(graph), request.Signed),
            { Selector: "greedy", Edges: { } edges } => new Greedy(edges.Of(graph), request.Signed),
            _ => throw new InvalidExperimentException(
                $"'--selector' is {Quoted.Value(request.Selector)}. {Spelling.Advice(request.Selector, Selectors)}"
            ),
        };

    private static InvalidExperimentException Wrong(string option, string problem) => new($"'{option}' {problem}.");
}
