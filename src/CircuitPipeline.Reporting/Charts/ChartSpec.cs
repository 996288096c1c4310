using System.Text.Json.Nodes;

namespace CircuitPipeline.Reporting.Charts;

/// <summary>A Vega-Lite chart: a fixed description and the rows of one study.</summary>
internal static class ChartSpec
{
    public static JsonNode Of(string description, IEnumerable<JsonObject> rows)
    {
        JsonObject spec = JsonNode.Parse(description)!.AsObject();
        JsonObject[] values = [.. rows];
        if (spec["width"] is not null)
        {
            FillWidth(spec, values);
        }

        spec["data"] = new JsonObject { ["values"] = new JsonArray([.. values]) };
        return spec;
    }

    // A chart as wide as the page needs a height in pixels: Vega-Lite warns of a height in steps beside it.
    private static void FillWidth(JsonObject spec, JsonObject[] values)
    {
        string field = (string)spec["encoding"]!["y"]!["field"]!;
        int lines = values.Select(row => (string)row[field]!).Distinct().Count();
        spec["width"] = "container";
        spec["height"] = lines * (int)spec["height"]!["step"]!;
        spec["autosize"] = new JsonObject { ["type"] = "fit-x", ["contains"] = "padding" };
    }
}
