using System.Collections.Immutable;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Reporting;
using CircuitPipeline.Reporting.Results;
using CircuitPipeline.Reporting.Statistics;
using Xunit;

namespace CircuitPipeline.Tests.Reporting;

/// <summary>The answers first on the page claim something only over enough base models, and only beyond the floor.</summary>
public sealed class AnswersInWords
{
    private const string Edges = "Do edges change more than nodes";
    private const string CircuitLora = "Does CircuitLoRA beat LoRA";
    private const string Union = "Can the union of the parts";

    // Shared edges out of 100 before and after, of the floor, and shared nodes out of 20, for each base.
    [Theory]
    [InlineData("Not enough data", 1, 60, 80, 18)]
    [InlineData("Not enough data", 4, 60, 80, 18)]
    [InlineData("Yes", 5, 60, 80, 18)]
    [InlineData("Cannot tell", 5, 80, 80, 20)]
    [InlineData("No", 5, 79, 80, 10)]
    public void Compare_edges_with_nodes_beyond_their_floors(
        string verdict,
        int bases,
        int edges,
        int floor,
        int nodes
    ) =>
        Assert.Equal(
            verdict,
            Verdict(
                Edges,
                new()
                {
                    Bases = [.. Bases(bases).Select(name => new BaseEvidence(name, Change(edges, floor, nodes), null))],
                }
            )
        );

    [Theory]
    [InlineData("Not enough data", 1, 0.01)]
    [InlineData("Not enough data", 4, 0.01)]
    [InlineData("Yes", 5, 0.01)]
    [InlineData("Cannot tell", 5, -0.01)]
    public void Compare_methods(string verdict, int bases, double low) =>
        Assert.Equal(
            verdict,
            Verdict(
                CircuitLora,
                new() { Differences = [new("circuit-lora", "lora", 0.02, new(low, 0.04), bases, bases, 100)] }
            )
        );

    [Fact]
    public void Say_no_where_the_other_method_is_better() =>
        Assert.Equal(
            "No",
            Verdict(
                CircuitLora,
                new() { Differences = [new("circuit-lora", "lora", -0.02, new(-0.04, -0.01), 6, 6, 100)] }
            )
        );

    [Theory]
    [InlineData("Not enough data", 1, 0.5, 0.3, 0.5)]
    [InlineData("Yes", 5, 0.5, 0.3, 0.5)]
    [InlineData("No", 5, 0.5, 0.3, 0.7)]
    [InlineData("No", 5, 0.3, 0.4, 0.3)]
    [InlineData("Cannot tell", 5, 0.5, 0.3, null)]
    public void Compare_the_union_with_its_parts_and_with_the_floor(
        string verdict,
        int bases,
        double union,
        double part,
        double? floor
    ) =>
        Assert.Equal(
            verdict,
            Verdict(
                Union,
                new()
                {
                    Bases = [.. Bases(bases).Select(name => new BaseEvidence(name, null, new(union, part, floor)))],
                }
            )
        );

    [Fact]
    public void Say_where_the_rate_is_another_too()
    {
        StudyResults results = SmallStudy.Results with
        {
            Protocol = new("paper", [new("critical_rate_factor", true, "2", "twice", "once", "not told apart")]),
        };

        Assert.Contains("learn at another rate here", new PageData(ReportPage.Write(results)).Text);
        Assert.Contains(
            "1 trap of the paper&#39;s code is open: critical_rate_factor.",
            new PageData(ReportPage.Write(results)).Text
        );
    }

    [Fact]
    public void Stand_beside_the_numbers_of_the_paper()
    {
        string page = new PageData(ReportPage.Write(SmallStudy.Results)).Text;

        Assert.Contains("+2.46 % on average over LoRA", page);
        Assert.Contains("Edge Jaccard 0.40, node Jaccard 0.80", page);
    }

    // R: t.test(c(1, 2, 4))$conf.int
    [Fact]
    public void Use_the_interval_of_Student()
    {
        (double mean, Interval? interval) = MeanInterval.Of([1, 2, 4]);

        Assert.Equal(7.0 / 3, mean, 1e-12);
        Assert.Equal(-1.461, interval!.Value.Low, 2e-3);
        Assert.Equal(6.128, interval.Value.High, 2e-3);
        Assert.Null(MeanInterval.Of([3]).Interval);
    }

    private static IEnumerable<string> Bases(int count) =>
        Enumerable.Range(0, count).Select(number => $"base-{number}");

    private static CircuitChange Change(int edges, int floor, int nodes) =>
        new(
            "base",
            "step 1",
            10,
            new ChangeCounts(0, 20 - nodes, nodes),
            new ChangeCounts(0, 100 - edges, edges),
            [new("base", 500, new ChangeCounts(0, 0, 20), new ChangeCounts(0, 100 - floor, floor))]
        );

    private static string Verdict(string question, Evidence evidence)
    {
        StudyResults results = new()
        {
            Study = "words",
            Question = "?",
            Bases = evidence.Bases,
            Differences = evidence.Differences,
            Provenance = new([], ""),
        };
        string page = new PageData(ReportPage.Write(results)).Text;
        string after = page[page.IndexOf(question, StringComparison.Ordinal)..];
        int from = after.IndexOf("class=\"verdict", StringComparison.Ordinal);
        int text = after.IndexOf('>', from) + 1;
        return after[text..after.IndexOf('<', text)];
    }

    private sealed record Evidence
    {
        public ImmutableArray<BaseEvidence> Bases { get; init; } = [];

        public ImmutableArray<PairedDifference> Differences { get; init; } = [];
    }
}
