using System.Text.Json;
using CircuitPipeline.Reporting;
using Xunit;

namespace CircuitPipeline.Tests.Reporting;

/// <summary>Where the nodes of a drawn circuit lie, read from the page's data; the still picture has them in the same order.</summary>
public sealed class PlacesInTheGraph
{
    private static readonly PageData Page = new(ReportPage.Write(SmallStudy.Results));

    [Fact]
    public void Are_head_and_layer()
    {
        JsonElement nodes = Page.Graphs[0].GetProperty("nodes");
        Dictionary<string, (double X, double Y)> at = nodes
            .GetProperty("names")
            .EnumerateArray()
            .Index()
            .ToDictionary(
                node => node.Item.GetString()!,
                node => (nodes.GetProperty("x")[node.Index].GetDouble(), nodes.GetProperty("y")[node.Index].GetDouble())
            );

        Assert.Equal(
            ["input", "a0.h0", "a0.h1", "m0", "a1.h0", "a1.h1", "m1", "logits"],
            nodes.GetProperty("names").EnumerateArray().Select(name => name.GetString()!)
        );
        Assert.Equal(at["a0.h1"].X, at["a1.h1"].X);
        Assert.Equal(at["a1.h0"].Y, at["m1"].Y);
        Assert.True(at["a0.h0"].X < at["a0.h1"].X && at["a0.h1"].X < at["m0"].X);
        Assert.True(at["input"].Y < at["a0.h0"].Y && at["a0.h0"].Y < at["a1.h0"].Y && at["a1.h0"].Y < at["logits"].Y);
    }

    [Fact]
    public void Have_a_still_picture_of_the_last_circuit_where_no_script_runs()
    {
        string picture = Page.Between("<noscript>", "</noscript>");

        Assert.Equal(["removed", "kept", "kept"], Kinds(picture, "path"));
        Assert.Equal(["kept", "kept", "absent", "absent", "absent", "absent", "kept", "kept"], Kinds(picture, "g"));

        static string[] Kinds(string svg, string tag) =>
            [.. svg.Split($"<{tag} class=\"").Skip(1).Select(rest => rest[..rest.IndexOf('"')])];
    }
}
