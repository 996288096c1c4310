namespace CircuitPipeline.Pipeline.Running;

/// <summary>Prints whole lines from several threads.</summary>
internal sealed class RunLog(TextWriter output)
{
    private readonly Lock _lock = new();

    public void Line(string text)
    {
        lock (_lock)
        {
            output.WriteLine(text);
        }
    }

    public static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.0} s");
}
