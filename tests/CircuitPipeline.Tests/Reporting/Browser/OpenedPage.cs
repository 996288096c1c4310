using System.Text;
using System.Text.RegularExpressions;
using CircuitPipeline.Reporting;
using CircuitPipeline.Reporting.Results;
using Xunit;

namespace CircuitPipeline.Tests.Reporting.Browser;

/// <summary>The page in a real browser: everything is drawn, nothing is complained about, nobody is asked.</summary>
public sealed class OpenedPage : IDisposable
{
    private const string Picture = "<img src=\"http://192.0.2.1/picture.png\">";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("circuit-report-");

    [ChromiumFact]
    public void Draws_every_chart_and_graph_without_an_error_or_a_request()
    {
        StudyResults study = RealisticStudy.Create();

        OpenedDocument page = Open(MovingCircuits.WithMoves(ReportPage.Write(study)));

        Assert.DoesNotContain("CONSOLE", page.Log);
        Assert.Empty(page.Requests);
        Assert.Equal("", page.Says("problems"));
        Assert.Equal("true", page.Says("ready"));
        Assert.Equal("7", page.Says("charts"));
        Assert.Equal("1", page.Says("graphs"));
        Assert.Equal(MovingCircuits.Expected(study), page.Says("moves").Split(';'));
        Assert.Equal(
            7,
            Regex.Count(page.Html, "<figure class=\"chart\">(?:(?!</figure>).)*<canvas", RegexOptions.Singleline)
        );
        Assert.Equal(
            1,
            Regex.Count(page.Html, "<figure class=\"graph\">(?:(?!</figure>).)*<canvas", RegexOptions.Singleline)
        );
    }

    [ChromiumFact]
    public void Runs_no_script_and_loads_nothing_that_it_does_not_carry()
    {
        OpenedDocument page = Open(Damaged($"<script>document.title = 'taken'</script>{Picture}"));

        Assert.DoesNotContain("<title>taken", page.Html);
        Assert.Empty(page.Requests);
        Assert.Contains("img-src forbids http://192.0.2.1/picture.png", page.Says("problems"));
    }

    // The test above would see a request, if there were one.
    [ChromiumFact]
    public void Would_load_a_picture_but_for_its_policy()
    {
        string damaged = Regex.Replace(Damaged(Picture), "<meta http-equiv=[^>]*>", "");

        Assert.Contains("http://192.0.2.1/picture.png", Open(damaged).Requests);
    }

    [ChromiumFact]
    public void Runs_no_script_that_a_name_carries()
    {
        const string Name =
            "</script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">";

        // Two models, so that the ticks of single models are drawn too.
        MethodAccuracy method = MethodAccuracy.Of(
            Name,
            MethodRole.Adapter,
            9,
            [new(Name, 0, 1, 4), new(Name, 1, 3, 4)]
        );
        CircuitView circuit = SmallStudy.Results.Circuits[0] with { Model = Name };
        StudyResults hostile = SmallStudy.Results with
        {
            Study = Name,
            Question = Name,
            Accuracies = [method],
            Trajectories = [new(Name, [circuit, circuit]), new(Name, [circuit])],
        };

        OpenedDocument page = Open(MovingCircuits.WithMoves(ReportPage.Write(hostile)));

        Assert.DoesNotContain("<title>taken", page.Html);
        Assert.DoesNotContain("CONSOLE", page.Log);
        Assert.Equal("true", page.Says("ready"));
        Assert.StartsWith("0 1 first 3 3 0 0;", page.Says("moves"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Damaged(string insert) =>
        Encoding.UTF8.GetString(ReportPage.Write(SmallStudy.Results)).Replace("<main>", $"<main>{insert}");

    private OpenedDocument Open(string page) => Open(Encoding.UTF8.GetBytes(page));

    private OpenedDocument Open(byte[] page)
    {
        string file = Path.Combine(_folder.FullName, "report.html");
        File.WriteAllBytes(file, page);
        return Chromium.Open("file://" + file, Path.Combine(_folder.FullName, "profile"));
    }
}
