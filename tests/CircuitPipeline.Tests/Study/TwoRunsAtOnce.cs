using Xunit;

namespace CircuitPipeline.Tests.Studies;

public sealed class TwoRunsAtOnce : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly FakeStudy _study = new();
    private readonly Listener _output = new("waits for process ");

    public void Dispose()
    {
        _output.Dispose();
        _study.Dispose();
    }

    [Fact]
    public void Of_the_same_item_the_second_waits_and_takes_what_the_first_made()
    {
        int times = 0;
        using ManualResetEventSlim started = new();
        _study.Data = FakeStage.Of(
            "GenerateData",
            ["corpus"],
            (_, context) =>
            {
                Interlocked.Increment(ref times);
                started.Set();
                Assert.True(_output.Heard.Wait(Patience), "nobody waited");
                File.WriteAllText(context.OutputFile("x"), "");
            }
        );
        Thread first = new(() => _study.Run("GenerateData"));
        first.Start();
        Assert.True(started.Wait(Patience), "the first run never began");

        _study.Open(_output).RunStage("GenerateData");
        first.Join();

        Assert.Equal(1, times);
        Assert.Contains("GenerateData/corpus: made by another process", _output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Tells when a line with certain words was printed.</summary>
    private sealed class Listener(string words) : StringWriter
    {
        public ManualResetEventSlim Heard { get; } = new();

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(words, StringComparison.Ordinal) == true)
            {
                Heard.Set();
            }
        }
    }
}
