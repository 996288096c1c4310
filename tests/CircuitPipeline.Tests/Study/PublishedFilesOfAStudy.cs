using System.Collections.Immutable;
using System.Text;
using CircuitPipeline.Pipeline.Code;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

/// <summary>What a stage writes beside the view, as the report's page: compared by digest at every run.</summary>
public sealed class PublishedFilesOfAStudy : IDisposable
{
    private readonly FakeStudy _study = new();
    private ImmutableArray<string> _names = ["page.html", "tables/numbers.csv"];
    private string _item = "results";

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Are_written_once()
    {
        Assert.Contains("GenerateData: wrote", Run());
        Assert.Contains("GenerateData: nothing to write", Run());
        Assert.Empty(Open(TextWriter.Null).DifferencesOfView("GenerateData"));
    }

    [Theory]
    [InlineData("page.html")]
    [InlineData("tables/numbers.csv")]
    public void Are_written_again_where_one_was_edited_and_the_file_is_named(string name)
    {
        Run();
        DateTime time = File.GetLastWriteTimeUtc(PathOf(name));
        File.WriteAllText(PathOf(name), Content(name).ToUpperInvariant());
        File.SetLastWriteTimeUtc(PathOf(name), time);
        Assert.Equal(PathOf(name), Assert.Single(Open(TextWriter.Null).DifferencesOfView("GenerateData")));

        string output = Run();

        Assert.Contains(
            $"GenerateData: restored '{PathOf(name)}', which did not hold what the run had written.",
            output
        );
        Assert.Contains("GenerateData: wrote", output);
        Assert.Equal(Content(name), File.ReadAllText(PathOf(name)));
        Assert.Empty(Open(TextWriter.Null).DifferencesOfView("GenerateData"));
    }

    [Fact]
    public void Are_written_again_where_one_is_gone()
    {
        Run();
        File.Delete(PathOf("page.html"));

        Run();

        Assert.True(File.Exists(PathOf("page.html")));
    }

    [Fact]
    public void Are_written_again_where_the_results_are_cached_but_others_than_the_last()
    {
        Run();
        _item = "other";
        Run();
        _item = "results";

        string output = Run();

        Assert.Contains("GenerateData/results: cached", output);
        Assert.Contains("GenerateData: wrote", output);
    }

    [Fact]
    public void Go_where_they_are_not_written_any_more_and_nothing_else_does()
    {
        Run();
        File.WriteAllText(PathOf("tables/mine.csv"), "mine");
        _names = ["page.html"];
        _item = "other";

        Run();

        Assert.False(File.Exists(PathOf("tables/numbers.csv")));
        Assert.True(File.Exists(PathOf("tables/mine.csv")));
    }

    private static string Content(string name) => $"the content of {name}";

    private string PathOf(string name) => Path.Combine(_study.Root, "artifacts", "small", name);

    private string Run()
    {
        using StringWriter output = new();
        Open(output).RunStage("GenerateData");
        return output.ToString();
    }

    private PipelineSession Open(TextWriter output) =>
        StudySession.Open(
            _study.Options(output),
            spec => new StageCatalog(StudyStages.Graph, [new Publishing(_names, _item)], null)
        );

    private sealed class Publishing(ImmutableArray<string> names, string item) : IPublishingStage
    {
        public string Name => "GenerateData";

        public int Version => 1;

        public StageCode Code => new(typeof(FakeStage).Assembly, ["before/Sample.cs"], []);

        public IEnumerable<WorkItem> Plan() =>
            [
                WorkItem.Of(
                    item,
                    new { },
                    (_, context) => File.WriteAllText(context.OutputFile("results.txt"), "results")
                ),
            ];

        public void Publish(PublishContext context)
        {
            if (!context.IsNeeded)
            {
                context.Say("nothing to write");
                return;
            }

            foreach (string name in names)
            {
                context.Write(name, Encoding.UTF8.GetBytes(Content(name)));
            }

            context.Say("wrote");
        }
    }
}
