using System.Text.Json.Serialization;
using CircuitPipeline.Circuits;

namespace CircuitPipeline.Reporting;

/// <summary>An edge of a circuit to draw.</summary>
/// <param name="Name">Its name, such as <c>a0.h1->a1.h0&lt;q&gt;</c>.</param>
/// <param name="Score">Its score, in units of the metric; positive helps.</param>
public sealed record EdgeView(string Name, double Score)
{
    /// <summary>The edge itself.</summary>
    [JsonIgnore]
    public Edge Edge => Edge.Parse(Name);
}
