using System.Text.Json.Nodes;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Charts;

/// <summary>What fine-tuning changes step by step: one small chart per measure.</summary>
internal static class CheckpointChart
{
    private const string Description = """
        {
          "facet": { "column": { "field": "measure", "type": "nominal", "sort": ["validation accuracy", "validation loss, nats", "faithfulness of the circuit"], "title": null, "header": { "labelFontSize": 12 } } },
          "spec": {
            "width": 270, "height": 150,
            "mark": { "type": "line", "point": { "filled": true, "size": 45 }, "strokeWidth": 2 },
            "encoding": {
              "x": { "field": "step", "type": "quantitative", "axis": { "tickCount": 5 } },
              "y": { "field": "value", "type": "quantitative", "title": null, "scale": { "zero": true } },
              "color": { "field": "run", "type": "nominal", "title": null },
              "tooltip": [{ "field": "run" }, { "field": "step" }, { "field": "measure" }, { "field": "value", "format": ".3f" }]
            }
          },
          "resolve": { "scale": { "y": "independent" } }
        }
        """;

    public static JsonNode Of(IReadOnlyList<CheckpointMeasure> checkpoints) =>
        ChartSpec.Of(
            Description,
            [
                .. Rows(checkpoints, "validation accuracy", checkpoint => checkpoint.ValidationAccuracy),
                .. Rows(checkpoints, "validation loss, nats", checkpoint => checkpoint.Loss),
                .. Rows(checkpoints, "faithfulness of the circuit", checkpoint => checkpoint.Faithfulness),
            ]
        );

    private static IEnumerable<JsonObject> Rows(
        IEnumerable<CheckpointMeasure> checkpoints,
        string measure,
        Func<CheckpointMeasure, double?> value
    ) =>
        from checkpoint in checkpoints
        where value(checkpoint) is not null
        select new JsonObject
        {
            ["run"] = checkpoint.Run,
            ["step"] = checkpoint.Step,
            ["measure"] = measure,
            ["value"] = value(checkpoint),
        };
}
