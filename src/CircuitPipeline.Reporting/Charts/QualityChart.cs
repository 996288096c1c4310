using System.Text.Json.Nodes;
using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Reporting.Charts;

/// <summary>Faithfulness beside the circuit's accuracy, by the share of edges kept: one small chart per model.</summary>
internal static class QualityChart
{
    private const string Description = """
        {
          "facet": { "field": "model", "type": "nominal", "sort": null, "title": null, "header": { "labelFontSize": 12 } },
          "columns": 3,
          "resolve": { "axis": { "x": "independent", "y": "independent" } },
          "spec": {
            "width": 265, "height": 150,
            "mark": { "type": "line", "point": { "filled": true, "size": 45 }, "strokeWidth": 2 },
            "encoding": {
              "x": { "field": "percent", "type": "quantitative", "title": "edges kept, %", "axis": { "values": [] } },
              "y": { "field": "value", "type": "quantitative", "title": null, "axis": { "tickCount": 5 } },
              "color": { "field": "measure", "type": "nominal", "title": null, "sort": null,
                "scale": { "domain": ["faithfulness", "accuracy of the circuit", "accuracy of the model"], "range": ["#2a5d8f", "#c0651e", "#8a8f98"] } },
              "strokeDash": { "field": "measure", "type": "nominal", "title": null, "sort": null,
                "scale": { "domain": ["faithfulness", "accuracy of the circuit", "accuracy of the model"], "range": [[1, 0], [1, 0], [4, 3]] } },
              "tooltip": [{ "field": "model" }, { "field": "measure" }, { "field": "percent" }, { "field": "value", "format": ".3f" }]
            }
          }
        }
        """;

    public static JsonNode Of(IReadOnlyList<CircuitQuality> qualities)
    {
        JsonNode chart = ChartSpec.Of(
            Description,
            qualities.SelectMany(quality =>
                new[]
                {
                    Row(quality, "faithfulness", quality.Faithfulness),
                    Row(quality, "accuracy of the circuit", quality.CircuitAccuracy),
                    Row(quality, "accuracy of the model", quality.ModelAccuracy),
                }
            )
        );
        IEnumerable<double> percents = qualities.Select(quality => quality.Percent).Distinct().Order();
        chart["spec"]!["encoding"]!["x"]!["axis"]!["values"] = new JsonArray([.. percents.Select(p => (JsonNode)p)]);
        return chart;
    }

    private static JsonObject Row(CircuitQuality quality, string measure, double value) =>
        new()
        {
            ["model"] = quality.Model,
            ["percent"] = quality.Percent,
            ["measure"] = measure,
            ["value"] = value,
        };
}
