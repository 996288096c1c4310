using CircuitPipeline.Attribution;
using CircuitPipeline.Tool.CommandLine;
using CircuitPipeline.Tool.Commands;
using Xunit;

namespace CircuitPipeline.Tests.ToolFront;

/// <summary>Time and memory of a run, said after its first batch and at its end, on standard error alone.</summary>
public sealed class EstimatesOfLongRuns : IDisposable
{
    private readonly SetTime _time = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private string[] Lines => _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public void Say_time_and_memory_once_and_compare_them_with_what_it_took()
    {
        RunEstimate estimate = Estimate(runs: 1, bound: 2_050_000_000);

        Pass(4);
        estimate.Report(new AttributionProgress(8, 400, TimeSpan.FromSeconds(196)));
        Pass(1);
        estimate.Report(new AttributionProgress(16, 400, TimeSpan.FromSeconds(190)));
        Pass(166);
        estimate.Finish();

        Assert.Equal(
            [
                "attribute: about 3 min, at most 2.1 GB",
                "attribute: 16 of 400 examples, about 190 s left",
                "attribute: took 2:51, peak 1.9 GB",
            ],
            Lines
        );
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public void Count_all_runs_over_the_pairs()
    {
        RunEstimate estimate = Estimate(runs: 5, bound: null);

        Pass(2);
        estimate.Report(new AttributionProgress(8, 16, TimeSpan.FromSeconds(2)));

        Assert.Equal(["attribute: about 18 s"], Lines);
    }

    [Fact]
    public void Say_nothing_of_a_run_of_seconds()
    {
        RunEstimate estimate = Estimate(runs: 1, bound: 1);

        Pass(1);
        estimate.Report(new AttributionProgress(8, 16, TimeSpan.FromSeconds(1)));
        Pass(1);
        estimate.Finish();

        Assert.Empty(Lines);
    }

    [Fact]
    public void Say_what_a_run_of_one_batch_took_since_it_could_not_be_foreseen()
    {
        RunEstimate estimate = Estimate(runs: 1, bound: 1_000_000_000, isOnProcessor: false);

        Pass(3_725);
        estimate.Report(new AttributionProgress(8, 8, TimeSpan.Zero));
        estimate.Finish();

        Assert.Equal(["attribute: took 1:02:05"], Lines);
    }

    private void Pass(int seconds) => _time.Seconds += seconds;

    private RunEstimate Estimate(int runs, long? bound, bool isOnProcessor = true) =>
        new(
            "attribute",
            runs,
            bound,
            isOnProcessor,
            new CommandContext(
                new ProcessEnvironment
                {
                    Output = _output,
                    Error = _error,
                    Time = _time,
                    Processors = 1,
                    Cancellation = CancellationToken.None,
                    PeakMemory = () => 1_900_000_000,
                },
                _output
            )
        );

    private sealed class SetTime : TimeProvider
    {
        internal int Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
