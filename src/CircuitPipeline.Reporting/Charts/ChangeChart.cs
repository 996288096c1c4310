using System.Text.Json.Nodes;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Charts;

/// <summary>Jaccard of each change beside the floor that resampling sets: only what lies left of the floor is change.</summary>
internal static class ChangeChart
{
    private const string Description = """
        {
          "facet": { "column": { "field": "what", "type": "nominal", "sort": ["edges", "nodes"], "title": null, "header": { "labelFontSize": 12 } } },
          "spacing": 40,
          "spec": {
            "width": 330, "height": { "step": 26 },
            "encoding": { "y": { "field": "change", "type": "nominal", "sort": null, "title": null, "axis": { "labelLimit": 260 } },
              "x": { "field": "jaccard", "type": "quantitative", "title": "Jaccard (1 = the same circuit)", "scale": { "domain": [0, 1] }, "axis": { "tickCount": 5, "labelFlush": false } },
              "tooltip": [{ "field": "change" }, { "field": "kind" }, { "field": "jaccard", "format": ".3f" }] },
            "layer": [
              { "transform": [{ "filter": "datum.kind != 'before and after'" }],
                "mark": { "type": "tick", "thickness": 3, "size": 18 },
                "encoding": { "color": { "field": "kind", "type": "nominal", "title": null,
                  "scale": { "domain": ["before and after", "same model, other pairs"], "range": ["#2a5d8f", "#b9bdc4"] } } } },
              { "transform": [{ "filter": "datum.kind == 'before and after'" }],
                "mark": { "type": "point", "filled": true, "size": 80, "opacity": 1 },
                "encoding": { "color": { "field": "kind", "type": "nominal" } } }
            ]
          }
        }
        """;

    public static JsonNode Of(IReadOnlyList<CircuitChange> changes) =>
        ChartSpec.Of(
            Description,
            [
                .. Rows(changes, "edges", change => change.Edges, floor => floor.Edges),
                .. Rows(changes, "nodes", change => change.Nodes, floor => floor.Nodes),
            ]
        );

    private static IEnumerable<JsonObject> Rows(
        IReadOnlyList<CircuitChange> changes,
        string what,
        Func<CircuitChange, ChangeCounts> of,
        Func<ResamplingFloor, ChangeCounts> floorOf
    ) =>
        changes.SelectMany(change =>
            change
                .Floors.Select(floor => Row(change, what, "same model, other pairs", floorOf(floor)))
                .Append(Row(change, what, "before and after", of(change)))
        );

    private static JsonObject Row(CircuitChange change, string what, string kind, ChangeCounts set) =>
        new()
        {
            ["what"] = what,
            ["change"] = $"{change.Before} → {change.After}, {NumberFormat.Significant(change.Percent)} %",
            ["kind"] = kind,
            ["jaccard"] = set.Jaccard,
        };
}
