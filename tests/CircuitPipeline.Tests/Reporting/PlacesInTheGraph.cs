using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CircuitPipeline.Reporting;
using Xunit;

namespace CircuitPipeline.Tests.Reporting;

/// <summary>Where the nodes of a drawn circuit lie, read from the page's data.</summary>
public sealed class PlacesInTheGraph
{
    private static readonly JsonElement[] Graphs = [.. Data("graphs").EnumerateArray()];

    [Fact]
    public void Are_the_same_in_every_circuit() => Assert.Equal(Positions(Graphs[0]), Positions(Graphs[1]));

    [Fact]
    public void Are_head_and_layer()
    {
        Dictionary<string, (int X, int Y)> at = Positions(Graphs[0]);

        Assert.Equal(at["a0.h1"].X, at["a1.h1"].X);
        Assert.Equal(at["a1.h0"].Y, at["m1"].Y);
        Assert.True(at["a0.h0"].X < at["a0.h1"].X && at["a0.h1"].X < at["m0"].X);
        Assert.True(at["input"].Y > at["a0.h0"].Y && at["a0.h0"].Y > at["a1.h0"].Y && at["a1.h0"].Y > at["logits"].Y);
    }

    [Fact]
    public void Hold_what_only_one_circuit_has_marked()
    {
        Assert.Equal(["a0.h0->m1 removed", "input->a0.h0 shared", "m1->logits shared"], Kinds(Graphs[0]));
        Assert.Equal(["input->a0.h0 shared", "m1->logits shared"], Kinds(Graphs[1]));
    }

    [Fact]
    public void Draw_the_inputs_of_a_head_as_one_line()
    {
        JsonElement line = Graphs[1].GetProperty("edges")[0].GetProperty("data");

        Assert.Equal("q v", line.GetProperty("inputs").GetString());
        Assert.Equal(1.25, line.GetProperty("score").GetDouble());
    }

    private static string[] Kinds(JsonElement graph) =>
        [
            .. graph
                .GetProperty("edges")
                .EnumerateArray()
                .Select(edge => edge.GetProperty("data"))
                .Select(edge => $"{edge.GetProperty("id").GetString()} {edge.GetProperty("kind").GetString()}")
                .Order(StringComparer.Ordinal),
        ];

    private static Dictionary<string, (int X, int Y)> Positions(JsonElement graph) =>
        graph
            .GetProperty("nodes")
            .EnumerateArray()
            .ToDictionary(
                node => node.GetProperty("data").GetProperty("id").GetString()!,
                node =>
                    (
                        (int)node.GetProperty("position").GetProperty("x").GetDouble(),
                        (int)node.GetProperty("position").GetProperty("y").GetDouble()
                    )
            );

    private static JsonElement Data(string name)
    {
        string page = Encoding.UTF8.GetString(ReportPage.Write(SmallStudy.Results));
        string block = Regex.Match(page, "id=\"page-data\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        return JsonDocument.Parse(block).RootElement.GetProperty(name);
    }
}
