using System.Text.RegularExpressions;
using CircuitPipeline.Reporting;
using Xunit;

namespace CircuitPipeline.Tests.Reporting.Browser;

/// <summary>The page in a real browser: everything is drawn, nothing is complained about, nobody is asked.</summary>
public sealed class OpenedPage : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("circuit-report-");

    [ChromiumFact]
    public void Draws_every_chart_and_graph_without_an_error_or_a_request()
    {
        (string document, string log) = Open(ReportPage.Write(RealisticStudy.Create()));

        Assert.DoesNotContain("CONSOLE", log);
        Assert.Equal("", Attribute(document, "data-problems"));
        Assert.Equal("true", Attribute(document, "data-ready"));
        Assert.Equal("7", Attribute(document, "data-charts"));
        Assert.Equal("2", Attribute(document, "data-graphs"));
        Assert.Equal("0", Attribute(document, "data-requests"));
        Assert.Equal(7, Regex.Count(document, "<figure class=\"chart\">.*?<canvas", RegexOptions.Singleline));
    }

    [ChromiumFact]
    public void Says_so_when_something_is_wrong()
    {
        string page = System.Text.Encoding.UTF8.GetString(ReportPage.Write(SmallStudy.Results));
        string damaged = page.Replace(
            "<main>",
            "<main><img src=\"http://127.0.0.1:9/x.png\"><script>alert(1)</script>"
        );

        (string document, string log) = Open(System.Text.Encoding.UTF8.GetBytes(damaged));

        Assert.Contains("CONSOLE", log);
        Assert.Contains("script-src", log);
        Assert.Equal("true", Attribute(document, "data-ready"));
    }

    [ChromiumFact]
    public void Runs_no_script_that_a_name_carries()
    {
        const string Name =
            "</script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">";

        (string document, string log) = Open(
            ReportPage.Write(SmallStudy.Results with { Study = Name, Question = Name })
        );

        Assert.DoesNotContain("<title>taken", document);
        Assert.DoesNotContain("CONSOLE", log);
        Assert.Equal("true", Attribute(document, "data-ready"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private (string Document, string Log) Open(byte[] page, params string[] more)
    {
        string file = Path.Combine(_folder.FullName, "report.html");
        File.WriteAllBytes(file, page);
        return Chromium.Open("file://" + file, Path.Combine(_folder.FullName, "profile"), more);
    }

    private static string Attribute(string document, string name) =>
        Regex.Match(document, $"<html[^>]* {name}=\"([^\"]*)\"").Groups[1].Value;
}
