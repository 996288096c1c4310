using System.Text;
using System.Text.RegularExpressions;
using CircuitPipeline.Reporting;
using CircuitPipeline.Reporting.Results;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Reporting;

/// <summary>The page of a small study, the text of its libraries left out.</summary>
public sealed class WrittenPage
{
    private static readonly string Snapshot = Path.Combine(
        RepositoryRoot.Path,
        "tests/CircuitPipeline.Tests/Reporting/WrittenPage.html"
    );

    [Fact]
    public void Is_the_snapshot()
    {
        string actual = Scrubbed(Text(SmallStudy.Results));

        if (!File.Exists(Snapshot) || actual != File.ReadAllText(Snapshot))
        {
            // Beside the snapshot, to compare and, if the change is wanted, to replace it.
            File.WriteAllText(Path.ChangeExtension(Snapshot, ".received.html"), actual);
        }

        Assert.Equal(File.ReadAllText(Snapshot), actual);
    }

    [Fact]
    public void Has_the_same_bytes_when_written_twice() =>
        Assert.Equal(ReportPage.Write(SmallStudy.Results), ReportPage.Write(SmallStudy.Results));

    [Fact]
    public void Names_no_address_to_load_from()
    {
        string page = Scrubbed(Text(SmallStudy.Results));

        Assert.DoesNotMatch(@"<(script|link|img|iframe)[^>]*\s(src|href)=""(?!data:)", page);
        Assert.DoesNotMatch(
            @"@import|url\(",
            Regex.Match(Text(SmallStudy.Results), "<style.*?</style>", RegexOptions.Singleline).Value
        );
    }

    [Fact]
    public void Allows_its_own_scripts_by_hash_and_nothing_else()
    {
        string policy = Regex.Match(Text(SmallStudy.Results), "Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value;

        Assert.StartsWith("default-src 'none'; script-src 'sha256-", policy);
        Assert.Equal(9, Regex.Count(policy, "'sha256-"));
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotContain("http", policy);
    }

    [Fact]
    public void Leaves_out_sections_without_data()
    {
        StudyResults empty = new()
        {
            Study = "empty",
            Question = "?",
            Provenance = new([], ""),
        };

        Assert.DoesNotContain("<h2>Accuracy", Text(empty));
        Assert.DoesNotContain("cannot settle", Text(empty));
        Assert.DoesNotMatch("id=\"(answers|protocol|samples|circuits)\"", Text(empty));
    }

    [Fact]
    public void Refuses_a_number_that_is_not_finite()
    {
        StudyResults damaged = SmallStudy.Results with { Stages = [new("Pretrain", double.NaN, 1, 0)] };

        Assert.Contains("'NaN'", Assert.Throws<ArgumentException>(() => ReportPage.Write(damaged)).Message);
    }

    private static string Text(StudyResults results) => Encoding.UTF8.GetString(ReportPage.Write(results));

    private static string Scrubbed(string page)
    {
        page = Regex.Replace(page, "'sha256-[^']*'", "'sha256-…'");
        page = Regex.Replace(page, "<script>.*?</script>", "<script>…</script>", RegexOptions.Singleline);
        page = Regex.Replace(page, "(<style[^>]*>).*?</style>", "$1…</style>", RegexOptions.Singleline);
        return Regex.Replace(page, "<pre>The report page carries.*?</pre>", "<pre>…</pre>", RegexOptions.Singleline);
    }
}
