using System.Text.Json.Nodes;
using CircuitPipeline.Planning;

namespace CircuitPipeline.Reporting.Charts;

/// <summary>The share of the change that each rule puts on each layer; a frame marks the layers it calls critical.</summary>
internal static class LayerChart
{
    private const string Description = """
        {
          "width": "container", "height": { "step": 34 },
          "encoding": {
            "x": { "field": "layer", "type": "ordinal", "title": "layer", "axis": { "labelAngle": 0, "orient": "top", "domain": false, "ticks": false } },
            "y": { "field": "rule", "type": "nominal", "sort": null, "title": null, "axis": { "labelLimit": 260, "domain": false, "ticks": false } }
          },
          "layer": [
            { "mark": { "type": "rect", "stroke": "white", "strokeWidth": 2 },
              "encoding": { "color": { "field": "share", "type": "quantitative", "legend": null, "scale": { "domain": [0, 0.6], "clamp": true, "range": ["#f3f5f8", "#2a5d8f"] } },
                "tooltip": [{ "field": "rule" }, { "field": "layer" }, { "field": "sum", "format": ".4~g" }, { "field": "share", "format": ".1%" }] } },
            { "transform": [{ "filter": "datum.critical" }],
              "mark": { "type": "rect", "fill": null, "stroke": "#c0651e", "strokeWidth": 2 } },
            { "mark": { "type": "text", "fontSize": 11 },
              "encoding": { "text": { "field": "share", "type": "quantitative", "format": ".0%" },
                "color": { "condition": { "test": "datum.share > 0.42", "value": "white" }, "value": "#2b2f36" } } }
          ]
        }
        """;

    public static JsonNode Of(IEnumerable<LayerRuleSums> rules) =>
        ChartSpec.Of(Description, rules.SelectMany(rule => rule.Layers.Select((sum, layer) => Row(rule, layer, sum))));

    private static JsonObject Row(LayerRuleSums rule, int layer, double sum) =>
        new()
        {
            ["rule"] = rule.Rule,
            ["layer"] = layer,
            ["sum"] = sum,
            ["share"] = rule.Layers.Sum() is > 0 and double all ? sum / all : 0,
            ["critical"] = rule.CriticalLayers.Contains(layer),
        };
}
