using CircuitPipeline.Pipeline.Errors;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

public sealed class ItemsSideBySide : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly FakeStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Two_jobs_are_at_work_at_the_same_time()
    {
        using Barrier both = new(2);
        _study.Data = FakeStage.Of(
            "GenerateData",
            ["a", "b"],
            (_, context) =>
            {
                Assert.True(both.SignalAndWait(Patience), "the other job never came");
                File.WriteAllText(context.OutputFile("x"), "");
            }
        );

        Run(jobs: 2);

        Assert.Equal(1, both.CurrentPhaseNumber);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void No_more_jobs_are_at_work_than_asked_for(int jobs)
    {
        int atWork = 0;
        int most = 0;
        Lock gate = new();
        _study.Data = FakeStage.Of(
            "GenerateData",
            [.. Enumerable.Range(0, 12).Select(i => $"item-{i}")],
            (item, context) =>
            {
                lock (gate)
                {
                    most = Math.Max(most, ++atWork);
                }

                File.WriteAllText(context.OutputFile("x"), item);
                lock (gate)
                {
                    atWork--;
                }
            }
        );

        Run(jobs);

        Assert.InRange(most, 1, jobs);
        Assert.Equal(
            12,
            Directory.GetDirectories(Path.Combine(_study.Root, "artifacts", "small", "GenerateData")).Length
        );
    }

    [Fact]
    public void Each_job_has_a_thread_of_its_own_and_the_engine_is_prepared_on_it()
    {
        HashSet<int> threads = new();
        _study.Data = FakeStage.Of("GenerateData", ["a"], (_, _) => threads.Add(Environment.CurrentManagedThreadId));

        Run(jobs: 1);

        Assert.DoesNotContain(Environment.CurrentManagedThreadId, threads);
    }

    [Fact]
    public void A_failing_item_lets_the_others_finish_and_fails_the_stage()
    {
        _study.Data = FakeStage.Of(
            "GenerateData",
            ["a", "b", "c"],
            (item, context) =>
            {
                if (item == "b")
                {
                    throw new InvalidOperationException("loss is NaN at step 3");
                }

                File.WriteAllText(context.OutputFile("x"), item);
            }
        );

        StageFailedException failure = Assert.Throws<StageFailedException>(() => Run(jobs: 1));

        Assert.Equal("Stage 'GenerateData' failed: item 'b': loss is NaN at step 3.", failure.Message);
        Assert.IsType<InvalidOperationException>(failure.InnerException);
        Assert.Equal("a: True, b: False, c: True", Cached());
        Assert.Empty(Workspaces());
    }

    [Fact]
    public void Two_failing_items_are_both_named()
    {
        _study.Data = FakeStage.Of("GenerateData", ["a", "b"], (item, _) => throw new IOException($"no {item}\nhere."));

        StageFailedException failure = Assert.Throws<StageFailedException>(() => Run(jobs: 2));

        Assert.Equal("Stage 'GenerateData' failed: item 'a': no a here. item 'b': no b here.", failure.Message);
    }

    [Fact]
    public void A_stopped_run_keeps_what_is_finished_and_leaves_no_workspace()
    {
        using CancellationTokenSource stop = new();
        using StringWriter output = new();
        _study.Data = FakeStage.Of(
            "GenerateData",
            ["a", "b", "c"],
            (item, context) =>
            {
                File.WriteAllText(context.OutputFile("x"), item);
                if (item != "b")
                {
                    return;
                }

                stop.Cancel();
                context.Cancellation.ThrowIfCancellationRequested();
            }
        );

        Assert.Throws<OperationCanceledException>(() => _study.Open(output).RunStage("GenerateData", stop.Token));

        Assert.EndsWith(
            "GenerateData: stopped; what is finished is kept, and the next run goes on from there.",
            output.ToString().TrimEnd(),
            StringComparison.Ordinal
        );
        Assert.Equal("a: True, b: False, c: False", Cached());
        Assert.Empty(Workspaces());
    }

    private string Run(int jobs) => _study.Run(_study.Options(TextWriter.Null) with { Jobs = jobs }, "GenerateData");

    private string Cached() =>
        string.Join(
            ", ",
            _study
                .Open(TextWriter.Null)
                .Explain("GenerateData")
                .Select(decision => $"{decision.Item}: {decision.IsCached}")
        );

    private string[] Workspaces() =>
        [
            .. Directory
                .GetDirectories(Path.Combine(_study.Root, "artifacts", "store"))
                .Where(folder => Path.GetFileName(folder).StartsWith("work", StringComparison.Ordinal))
                .SelectMany(Directory.GetDirectories),
        ];
}
