using System.Text.Json.Nodes;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Charts;

/// <summary>Seconds per stage, and whether they were spent now or earlier.</summary>
internal static class StageChart
{
    private const string Description = """
        {
          "width": "container", "height": { "step": 24 },
          "encoding": {
            "y": { "field": "stage", "type": "nominal", "sort": null, "title": null },
            "x": { "field": "seconds", "type": "quantitative", "title": "seconds" }
          },
          "layer": [
            { "mark": { "type": "bar", "height": { "band": 0.6 } },
              "encoding": {
                "color": { "field": "state", "type": "nominal", "title": null,
                  "scale": { "domain": ["ran", "partly cached", "cached"], "range": ["#2a5d8f", "#8fb0cf", "#d5d9df"] } },
                "tooltip": [{ "field": "stage" }, { "field": "seconds", "format": ".1f" }, { "field": "state" }] } },
            { "mark": { "type": "text", "align": "left", "dx": 5, "fontSize": 11 },
              "encoding": { "text": { "field": "seconds", "type": "quantitative", "format": ".1f" } } }
          ]
        }
        """;

    public static JsonNode Of(IEnumerable<StageTime> stages) =>
        ChartSpec.Of(
            Description,
            stages.Select(stage => new JsonObject
            {
                ["stage"] = stage.Stage,
                ["seconds"] = stage.Seconds,
                ["state"] = State(stage),
            })
        );

    public static string State(StageTime stage) =>
        stage.Cached == 0 ? "ran"
        : stage.Cached < stage.Items ? "partly cached"
        : "cached";
}
