using System.Security.Cryptography;
using System.Text;
using CircuitPipeline.Reporting;
using CircuitPipeline.Reporting.Results;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Reporting.Browser;

/// <summary>The drawn circuits in a real browser: moved to every checkpoint of every base, they show what the data hold.</summary>
public sealed class MovingCircuits : IDisposable
{
    private const int LargestPage = 5_000_000;

    // Turns what a reader would turn, and writes down what the page then says.
    private const string Moves = """
        {
          const controls = document.querySelector(".graph .controls");
          const turn = (control, value, kind) => {
            control.value = value;
            control.dispatchEvent(new Event(kind));
          };
          const range = controls.querySelector("input[type=range]");
          const choices = [...controls.querySelectorAll("select")];
          const series = choices.find((choice) => choice.options[0].value === "0");
          const against = choices.find((choice) => choice.options[0].value === "first");
          const moves = [];
          for (let number = 0; number < (series?.options.length ?? 1); number++) {
            series && turn(series, number, "change");
            for (const reference of ["first", "previous"]) {
              turn(against, reference, "change");
              for (let stop = Number(range.max); stop >= 0; stop--) {
                turn(range, stop, "input");
                const { edges, kept, added, removed } = document.querySelector(".graph .counts").dataset;
                moves.push(`${number} ${stop} ${reference} ${edges} ${kept} ${added} ${removed}`);
              }
            }
          }
          document.documentElement.dataset.moves = moves.join(";");
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("circuit-report-");

    // Making and packing a hundred thousand edges takes longer than looking at them.
    [ChromiumFact]
    [Slow]
    public void Show_the_numbers_of_a_real_models_circuits_on_a_page_of_bounded_size()
    {
        StudyResults large = LargeStudy.Create();
        byte[] page = ReportPage.Write(large);
        string file = Path.Combine(_folder.FullName, "report.html");
        File.WriteAllBytes(file, WithMoves(page));

        OpenedDocument opened = Chromium.Open("file://" + file, Path.Combine(_folder.FullName, "profile"));

        Assert.DoesNotContain("CONSOLE", opened.Log);
        Assert.Empty(opened.Requests);
        Assert.Equal("", opened.Says("problems"));
        Assert.Equal("true", opened.Says("ready"));
        Assert.Equal(LargeStudy.Edges, large.Circuits[0].Edges.Length);
        Assert.Equal(Expected(large), opened.Says("moves").Split(';'));
        Assert.InRange(page.Length, 0, LargestPage);
    }

    // Eight tasks of eleven circuits each: over a million edges.
    [Fact]
    [Slow]
    public void Keep_the_strongest_edges_where_the_page_would_grow_too_large()
    {
        StudyResults large = LargeStudy.Create();
        StudyResults many = large with
        {
            Trajectories =
            [
                .. Enumerable.Range(0, 8).Select(number => large.Trajectories[0] with { Name = $"{number}" }),
            ],
        };

        byte[] page = ReportPage.Write(many);

        Assert.InRange(page.Length, LargestPage / 2, LargestPage);
        Assert.Contains("strongest edges of each circuit", Encoding.UTF8.GetString(page));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A page that moves its circuits as soon as it is open; its policy allows that script too.</summary>
    internal static byte[] WithMoves(byte[] page)
    {
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Moves)));
        string text = Encoding.UTF8.GetString(page).Replace("script-src ", $"script-src 'sha256-{hash}' ");
        return Encoding.UTF8.GetBytes(text.Insert(text.LastIndexOf("</body>"), $"<script>{Moves}</script>"));
    }

    /// <summary>What the page must say after each move: sets of names, compared one by one.</summary>
    internal static IEnumerable<string> Expected(StudyResults results) =>
        from series in results.Trajectories.Index()
        from reference in (string[])["first", "previous"]
        from stop in Enumerable.Range(0, series.Item.Circuits.Length).Reverse()
        let now = Names(series.Item.Circuits[stop])
        let then = Names(series.Item.Circuits[reference == "first" ? 0 : Math.Max(stop - 1, 0)])
        let kept = now.Intersect(then).Count()
        select $"{series.Index} {stop} {reference} {now.Length} {kept} {now.Length - kept} {then.Length - kept}";

    private static string[] Names(CircuitView circuit) => [.. circuit.Edges.Select(edge => edge.Name)];
}
