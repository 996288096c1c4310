using System.Collections.Concurrent;
using System.Globalization;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study;
using CircuitPipeline.Tensors.Reproducibility;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

/// <summary>Work items that can be made in one go: when they are, and what is left of each.</summary>
public sealed class ItemsTogether : IDisposable
{
    private static readonly string[] Names = ["a", "b", "c", "d", "other"];

    private readonly FakeStudy _study = new();
    private readonly Clock _clock = new();
    private readonly ConcurrentBag<string> _made = [];
    private Action<string, WorkItemContext> _body;
    private Action<IReadOnlyList<string>> _together = _ => { };
    private int _atOnce = 4;

    public ItemsTogether()
    {
        _body = Write;
        _study.Data = new FakeStage(
            "GenerateData",
            spec =>
                Names.Select(name =>
                    name == "other"
                        ? WorkItem.Of(name, new Slice(name), Alone)
                        : WorkItem.Of(name, new Slice(name), Alone).Jointly<Slice>("base-0", Together)
                )
        );
    }

    private string Folder => Path.Combine(_study.Root, "artifacts", "small", "GenerateData");

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Are_made_in_one_go_and_each_is_an_item_of_its_own()
    {
        string output = Run();

        Assert.Equal(["a b c d", "other"], Made());
        Assert.Contains("GenerateData/a: done in 8.0 s with 3 more (key #)", output);
        Assert.Equal("a", File.ReadAllText(Path.Combine(Folder, "a", "x")));
        Assert.Equal("d", File.ReadAllText(Path.Combine(Folder, "d", "x")));
        Assert.All(
            Decisions().SkipLast(1),
            decision =>
            {
                Assert.Equal("4", decision.Record!.Provenance["together"]);
                Assert.Equal(2, double.Parse(decision.Record.Provenance["seconds"], CultureInfo.InvariantCulture));
            }
        );
        Assert.DoesNotContain("together", Decisions()[^1].Record!.Provenance.Keys);
        Run();
        Assert.Empty(Made());
    }

    [Fact]
    public void Are_made_alone_where_bits_must_not_differ()
    {
        Run(numerics: Numerics.Reproducible);

        Assert.Equal(Names, Made());
    }

    [Theory]
    [InlineData(2, "a b|c d|other")]
    [InlineData(3, "a b|c d|other")]
    [InlineData(4, "a b|c d|other")]
    [InlineData(5, "a|b|c|d|other")]
    [InlineData(8, "a|b|c|d|other")]
    public void Leave_no_job_without_work(int jobs, string parts)
    {
        Run(jobs);

        Assert.Equal(parts.Split('|'), Made());
    }

    [Fact]
    public void Are_only_those_that_are_not_made()
    {
        _body = (name, context) =>
        {
            if (name is "a" or "c")
            {
                Write(name, context);
                return;
            }

            throw new InvalidOperationException("no");
        };
        Assert.Throws<StageFailedException>(() => Run(jobs: 8));
        _ = Made();
        _body = Write;

        Run();

        Assert.Equal(["b d", "other"], Made());
    }

    [Fact]
    public void Are_made_alone_where_they_fail_together_and_only_the_culprit_fails()
    {
        _together = names => throw new InvalidOperationException($"{names.Count} are too many");
        _body = (name, context) =>
        {
            Assert.Empty(Directory.GetFileSystemEntries(context.Folder));
            if (name == "c")
            {
                throw new InvalidOperationException("loss is NaN at step 3");
            }

            Write(name, context);
        };

        StageFailedException failure = Assert.Throws<StageFailedException>(() => Run());

        Assert.Equal("Stage 'GenerateData' failed: item 'c': loss is NaN at step 3.", failure.Message);
        Assert.Equal(["a", "b", "c", "d", "other"], Made());
        Assert.Equal([true, true, false, true, true], Decisions().Select(decision => decision.IsCached));
        _together = _ => { };
        _body = Write;
        Run();
        Assert.Equal(["c"], Made());
    }

    [Fact]
    public void Are_published_as_soon_as_they_are_finished_whatever_comes_then()
    {
        _atOnce = 2;
        using CancellationTokenSource stop = new();
        _together = names =>
        {
            if (names.Contains("c"))
            {
                stop.Cancel();
                stop.Token.ThrowIfCancellationRequested();
            }
        };

        Assert.Throws<OperationCanceledException>(() => Run(cancellation: stop.Token));

        Assert.Equal(["a b"], Made());
        Assert.Equal([true, true, false, false, false], Decisions().Select(decision => decision.IsCached));
        Assert.Equal(
            ["4", "4"],
            Decisions()
                .Take(2)
                .Select(decision =>
                    $"{double.Parse(decision.Record!.Provenance["seconds"], CultureInfo.InvariantCulture)}"
                )
        );
        _together = names =>
        {
            if (names.Contains("c"))
            {
                throw new InvalidOperationException("loss is NaN at step 3");
            }
        };
        Run();
        Assert.Equal(["c", "d", "other"], Made());
    }

    [Fact]
    public void Are_not_tried_alone_where_the_disk_is_full()
    {
        _together = _ => throw new IOException("No space left on device", 28);

        StageFailedException failure = Assert.Throws<StageFailedException>(() => Run());

        Assert.Contains("item 'a'", failure.Message);
        Assert.Contains("item 'd'", failure.Message);
        Assert.Equal(["other"], Made());
    }

    [Fact]
    public void Go_on_alone_from_a_state()
    {
        using CancellationTokenSource stop = new();
        _body = (name, context) =>
        {
            context.State!.Write(path => File.WriteAllText(path, name));
            stop.Cancel();
            context.Cancellation.ThrowIfCancellationRequested();
        };
        Assert.Throws<OperationCanceledException>(() => Run(numerics: Numerics.Reproducible, cancellation: stop.Token));
        Assert.Equal(["a"], Made());
        _body = (name, context) =>
        {
            Assert.Equal(name == "a", context.State!.Earlier is not null);
            Write(name, context);
        };

        Run();

        Assert.Equal(["a", "b c d", "other"], Made());
    }

    private static void Write(string name, WorkItemContext context) => File.WriteAllText(context.OutputFile("x"), name);

    private void Alone(Slice slice, WorkItemContext context)
    {
        _made.Add(slice.Name);
        _body(slice.Name, context);
    }

    private IEnumerable<IReadOnlyList<WorkItemContext>> Together(
        IReadOnlyList<(Slice Slice, WorkItemContext Context)> items
    )
    {
        foreach ((Slice Slice, WorkItemContext Context)[] some in items.Chunk(_atOnce))
        {
            foreach ((Slice slice, WorkItemContext context) in some)
            {
                Write(slice.Name, context);
            }

            string[] names = [.. some.Select(item => item.Slice.Name)];
            _together(names);
            _clock.Passed += TimeSpan.FromSeconds(8);
            _made.Add(string.Join(' ', names));
            yield return [.. some.Select(item => item.Context)];
        }
    }

    // What was made since the last call, part by part.
    private string[] Made()
    {
        string[] made = [.. _made.Order(StringComparer.Ordinal)];
        _made.Clear();
        return made;
    }

    private ItemDecision[] Decisions() => [.. _study.Open(TextWriter.Null).Explain("GenerateData")];

    private string Run(int jobs = 1, Numerics numerics = Numerics.Fast, CancellationToken cancellation = default)
    {
        using StringWriter output = new() { NewLine = "\n" };
        StudyOptions options = _study.Options(output) with { Jobs = jobs, Numerics = numerics, Time = _clock };
        _study.Open(output, options).RunStage("GenerateData", cancellation);
        return Printed.WithoutDigests(output.ToString());
    }

    private sealed record Slice(string Name);

    private sealed class Clock : TimeProvider
    {
        internal TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

        public override long GetTimestamp() => Passed.Ticks;
    }
}
