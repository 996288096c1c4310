using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CircuitPipeline.Reporting;
using CircuitPipeline.Reporting.Results;
using Xunit;

namespace CircuitPipeline.Tests.Reporting;

/// <summary>Names come from a study's file, which anyone may have written: on the page they are text.</summary>
public sealed class HostileNames
{
    private const string Name = "</script><script>alert(1)</script><!--<img src=x onerror='alert(2)'> \" & \u2028";

    private static readonly StudyResults Hostile = SmallStudy.Results with
    {
        Study = Name,
        Question = Name,
        Accuracies = [MethodAccuracy.Of(Name, MethodRole.Adapter, 1, [new(Name, 0, 1, 2)])],
        Circuits = [SmallStudy.Results.Circuits[0] with { Model = Name }],
        Trajectories = [new(Name, [SmallStudy.Results.Circuits[0] with { Model = Name }])],
        Bases = [],
        Protocol = new(Name, [new(Name, true, Name, Name, Name, Name)]),
        Sets = [new(Name, Name, 2, 1, [new(Name, 1, [1])], Name)],
        LayerRules = [new(Name, Name, [1, 2], [1])],
        Stages = [new(Name, 1, 1, 0)],
        Provenance = new([new(Name, Name)], Name),
    };

    [Fact]
    public void Open_no_tag()
    {
        string page = Encoding.UTF8.GetString(ReportPage.Write(Hostile));

        Assert.DoesNotContain("alert(1)</script>", page);
        Assert.DoesNotContain("<img src=x", page);
        Assert.Equal(9, Regex.Count(page, "</script"));
    }

    [Fact]
    public void Are_unchanged_in_the_data_block()
    {
        string page = Encoding.UTF8.GetString(ReportPage.Write(Hostile));
        string block = Regex.Match(page, "id=\"page-data\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;

        JsonElement charts = JsonDocument.Parse(block).RootElement.GetProperty("charts");

        Assert.DoesNotContain('<', block);
        JsonElement row = charts[0].GetProperty("spec").GetProperty("data").GetProperty("values")[0];
        Assert.Equal(Name, row.GetProperty("method").GetString());
    }
}
