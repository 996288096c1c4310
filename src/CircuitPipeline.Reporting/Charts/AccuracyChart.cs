using System.Text.Json.Nodes;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Charts;

/// <summary>Accuracy by method: the point, its interval, and a thin tick for each trained model.</summary>
internal static class AccuracyChart
{
    private const string Description = """
        {
          "width": "container", "height": { "step": 36 },
          "encoding": { "y": { "field": "method", "type": "nominal", "sort": null, "title": null } },
          "layer": [
            { "mark": { "type": "rule", "size": 2.5, "opacity": 0.55 },
              "encoding": { "x": { "field": "low", "type": "quantitative" }, "x2": { "field": "high" },
                "color": { "field": "role", "type": "nominal", "legend": null,
                  "scale": { "domain": ["base", "adapter", "full"], "range": ["#8a8f98", "#2a5d8f", "#8a8f98"] } } } },
            { "transform": [{ "filter": "datum.models > 1" }, { "flatten": ["runs"] }],
              "mark": { "type": "tick", "thickness": 1, "size": 16, "opacity": 0.6 },
              "encoding": { "x": { "field": "runs", "type": "quantitative" },
                "color": { "field": "role", "type": "nominal", "legend": null } } },
            { "mark": { "type": "point", "filled": true, "size": 90, "opacity": 1 },
              "encoding": {
                "x": { "field": "accuracy", "type": "quantitative", "title": "accuracy on the test split",
                  "scale": { "domain": [0, 1] }, "axis": { "format": ".0%", "tickCount": 6 } },
                "color": { "field": "role", "type": "nominal", "legend": null },
                "tooltip": [{ "field": "method" }, { "field": "accuracy", "format": ".1%" },
                  { "field": "low", "format": ".1%" }, { "field": "high", "format": ".1%" }, { "field": "parameters", "format": "," }] } },
            { "mark": { "type": "text", "dy": -12, "fontSize": 11 },
              "encoding": { "x": { "field": "accuracy", "type": "quantitative" },
                "text": { "field": "label" } } }
          ]
        }
        """;

    public static JsonNode Of(IEnumerable<MethodAccuracy> methods) =>
        ChartSpec.Of(
            Description,
            methods.Select(method => new JsonObject
            {
                ["method"] = method.Method,
                ["role"] = method.Role.ToString().ToLowerInvariant(),
                ["accuracy"] = method.Accuracy,
                ["label"] = NumberFormat.Percent(method.Accuracy),
                ["low"] = method.Interval.Low,
                ["high"] = method.Interval.High,
                ["parameters"] = method.TrainableParameters,
                ["models"] = method.Seeds.Length,
                ["runs"] = new JsonArray([.. method.Seeds.Select(seed => (JsonNode)seed.Accuracy)]),
            })
        );
}
