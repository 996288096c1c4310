using System.CommandLine;
using System.Globalization;
using CircuitPipeline.Circuits;
using CircuitPipeline.Experiments;

namespace CircuitPipeline.Tool;

/// <summary><c>attribute</c>: scores every edge of a model.</summary>
internal sealed class AttributeVerb : Verb
{
    private static readonly Option<string> Out = Choice.Required(
        "--out",
        "SCORES.json",
        "Where the scores are written."
    );

    private readonly MeasureOptions _measure;
    private readonly MethodOptions _method;

    internal AttributeVerb()
        : this(new MeasureOptions(), new MethodOptions()) { }

    private AttributeVerb(MeasureOptions measure, MethodOptions method)
        : base("attribute", "Scores every edge of a model with prompt pairs.", [.. measure.All, .. method.All, Out]) =>
        (_measure, _method) = (measure, method);

    internal override Answer Run(Given given, Work work)
    {
        string output = given.Text(Out);
        EdgeScores scores = EdgeDiscovery.Run(
            new DiscoveryRequest
            {
                Measure = _measure.Read(given, work),
                Method = _method.Read(given),
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
