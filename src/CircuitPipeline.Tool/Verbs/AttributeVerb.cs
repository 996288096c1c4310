using System.CommandLine;
using System.Globalization;
using CircuitPipeline.Circuits;
using CircuitPipeline.Study.Verbs;

namespace CircuitPipeline.Tool;

/// <summary><c>attribute</c>: scores every edge of a model.</summary>
internal sealed class AttributeVerb : Verb
{
    private static readonly Option<string> Out = Choice.Required(
        "--out",
        "SCORES.json",
        "Where the scores are written."
    );

    private static readonly MeasureOptions Measure = new();
    private static readonly MethodOptions Method = new();

    internal AttributeVerb()
        : base("attribute", "Scores every edge of a model with prompt pairs.", [.. Measure.All, .. Method.All, Out]) { }

    internal override Answer Run(Given given, Work work)
    {
        string output = given.Text(Out);
        EdgeScores scores = EdgeDiscovery.Run(
            new DiscoveryRequest
            {
                Measure = Measure.Read(given, work),
                Method = Method.Read(given),
                Output = output,
            },
            work.Surroundings.Time,
            work.Progress("attribute"),
            work.Cancellation
        );
        return new Answer(
            new
            {
                Out = output,
                Edges = scores.Graph.EdgeCount,
                scores.Origin,
            },
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{scores.Graph.EdgeCount:N0} edges scored with {scores.Origin.Examples:N0} pairs: '{output}'."
                ),
            ]
        );
    }
}
