using System.Text.Json.Nodes;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Charts;

/// <summary>Paired differences in points with their intervals, around zero.</summary>
internal static class DifferenceChart
{
    private const string Description = """
        {
          "width": "container", "height": { "step": 36 },
          "encoding": { "y": { "field": "pair", "type": "nominal", "sort": null, "title": null } },
          "layer": [
            { "mark": { "type": "rule", "color": "#9aa0a8", "strokeDash": [3, 3] }, "encoding": { "x": { "datum": 0 }, "y": null } },
            { "mark": { "type": "rule", "size": 2.5, "opacity": 0.55, "color": "#2a5d8f" },
              "encoding": { "x": { "field": "low", "type": "quantitative" }, "x2": { "field": "high" } } },
            { "mark": { "type": "point", "filled": true, "size": 90, "opacity": 1, "color": "#2a5d8f" },
              "encoding": {
                "x": { "field": "difference", "type": "quantitative", "title": "difference in accuracy, points", "axis": { "format": "+.1~f" } },
                "tooltip": [{ "field": "pair" }, { "field": "difference", "format": "+.2f" },
                  { "field": "low", "format": "+.2f" }, { "field": "high", "format": "+.2f" }] } }
          ]
        }
        """;

    public static JsonNode Of(IEnumerable<PairedDifference> differences) =>
        ChartSpec.Of(
            Description,
            differences.Select(difference => new JsonObject
            {
                ["pair"] = $"{difference.Method} − {difference.Reference}",
                ["difference"] = 100 * difference.Difference,
                ["low"] = 100 * difference.Interval.Low,
                ["high"] = 100 * difference.Interval.High,
            })
        );
}
