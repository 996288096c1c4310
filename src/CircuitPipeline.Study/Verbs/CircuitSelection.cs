using CircuitPipeline.Circuits;
using CircuitPipeline.Pipeline.Errors;

namespace CircuitPipeline.Study.Verbs;

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

    private static ICircuitSelector SelectorOf(SelectionRequest request, ComputationGraph graph)
    {
        string own = request.Selector switch
        {
            "top-n" or "greedy" => "--edges",
            "threshold" => "--threshold",
            "top-nodes" => "--nodes",
            _ => throw new InvalidExperimentException(
                $"'--selector' is {Quoted.Value(request.Selector)}. {Spelling.Advice(request.Selector, Selectors)}"
            ),
        };
        (string Option, bool IsGiven)[] options =
        [
            ("--edges", request.Edges is not null),
            ("--threshold", request.Threshold is not null),
            ("--nodes", request.Nodes is not null),
        ];
        if (options.FirstOrDefault(option => option.IsGiven && option.Option != own).Option is { } strange)
            throw new InvalidExperimentException($"'{strange}' has no meaning for '{request.Selector}'.");
        if (!options.Contains((own, true)))
            throw new InvalidExperimentException($"'{own}' is missing, but '{request.Selector}' needs it.");
        return request.Selector switch
        {
            "top-n" => new TopN(request.Edges!.Of(graph), request.Signed),
            "greedy" => new Greedy(request.Edges!.Of(graph), request.Signed),
            "threshold" => new Threshold(request.Threshold!.Value, request.Signed),
            _ => new TopNodes(request.Nodes!.Value, request.Signed),
        };
    }
}
