using CircuitPipeline.Pipeline.Store;

namespace CircuitPipeline.Pipeline.Stages;

/// <summary>What a long work item writes now and then, and goes on from when it was stopped in between; gone when its outputs are published.</summary>
/// <remarks>It is no output and in no key: an item that goes on must make the bytes that it would have made in one go by itself.</remarks>
public sealed class KeptState
{
    // So that at most a twentieth of the run's time goes into writing.
    private const int LeastRatio = 20;

    private readonly string _path;
    private readonly string _outputs;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private long _last;
    private TimeSpan _took;

    /// <summary>Makes none yet.</summary>
    /// <param name="path">The file; it is there where an earlier run was stopped.</param>
    /// <param name="outputs">The folder of the item's outputs, which are flushed first, since those from before the state are not written again.</param>
    /// <param name="interval">The least time between two states.</param>
    /// <param name="time">The clock.</param>
    public KeptState(string path, string outputs, TimeSpan interval, TimeProvider time)
    {
        (_path, _outputs, _interval, _time) = (path, outputs, interval, time);
        _last = time.GetTimestamp();
    }

    /// <summary>The state of an earlier run that was stopped; null where there is none.</summary>
    public string? Earlier => File.Exists(_path) ? _path : null;

    /// <summary>The least time between two states.</summary>
    public TimeSpan Interval => _interval;

    /// <summary>Whether it is time to write one: the interval is over, and twenty times what the last one took.</summary>
    public bool IsDue =>
        _time.GetElapsedTime(_last) is TimeSpan since && since >= _interval && since >= _took * LeastRatio;

    /// <summary>Replaces the state; after a failure or a kill the old one or the new one is there, whole.</summary>
    /// <param name="write">Writes to the path that it gets.</param>
    public void Write(Action<string> write)
    {
        long start = _time.GetTimestamp();
        foreach (string output in Directory.EnumerateFiles(_outputs, "*", SearchOption.AllDirectories))
        {
            DurableFile.Flush(output);
        }

        string temporary = $"{_path}.tmp";
        try
        {
            write(temporary);
            DurableFile.Flush(temporary);
            DurableFile.Move(temporary, _path);
        }
        catch
        {
            DurableFile.Discard(temporary);
            throw;
        }
        finally
        {
            (_last, _took) = (_time.GetTimestamp(), _time.GetElapsedTime(start));
        }
    }

    /// <summary>Forgets an earlier run's state, which cannot be used.</summary>
    public void Discard() => File.Delete(_path);
}
