using System.Globalization;
using System.Text.Json;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Study.Runs;

/// <summary>A training run's state in the work folder, from which a stopped run goes on with the bytes that it would have made in one go.</summary>
/// <remarks>A safetensors file of what <see cref="TrainingProgress.State"/> gives, and of the evaluations so far as the bytes of their JSON.</remarks>
internal sealed class KeptTraining(WorkItemContext context)
{
    private const string EvaluationsName = "evaluations";
    private readonly List<Tensor> _earlier = [];
    private bool _isUnderWay;
    private bool _wasTold;
    private bool _hasFailed;

    /// <summary>Exact matches so far, in order, with those of an earlier run that is gone on from.</summary>
    internal List<StepMatch> Evaluations { get; } = [];

    /// <summary>Trains, from an earlier run's state where there is one.</summary>
    /// <param name="train">Gets the state, or null; what it reports goes to <see cref="After"/>.</param>
    /// <returns>What it returns.</returns>
    internal double[] Train(Func<Dictionary<string, Tensor>?, double[]> train)
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor>? earlier = Read();
        try
        {
            return train(earlier);
        }
        catch (ArgumentException) when (earlier is not null && !_isUnderWay)
        {
            context.State!.Discard(); // it does not fit; the next run begins anew
            throw;
        }
    }

    /// <summary>Keeps the state after a step, where it is time to, or where the run is about to stop.</summary>
    internal void After(TrainingProgress progress)
    {
        _isUnderWay = true;
        _earlier.ForEach(tensor => tensor.Dispose()); // they are in their places by now
        _earlier.Clear();
        if (
            context.State is not { } kept
            || progress.Step == progress.Steps
            || !(kept.IsDue || context.Cancellation.IsCancellationRequested)
        )
        {
            return;
        }

        try
        {
            Write(kept, progress);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            if (!_hasFailed)
            {
                _hasFailed = true;
                context.Progress($"goes on without a state, which cannot be written: {cause.Message}");
            }
        }
    }

    // What an earlier run kept, in the caller's dispose scope; null where none was stopped.
    private Dictionary<string, Tensor>? Read()
    {
        if (context.State?.Earlier is not { } path)
        {
            return null;
        }

        try
        {
            Dictionary<string, Tensor> state = new(StringComparer.Ordinal);
            Safetensors.Read(path, (name, tensor) => state.Add(name, tensor.MoveToOuterDisposeScope()));
            StepMatch[] before = StageJson.Read<StepMatch[]>(state[EvaluationsName].cpu().data<byte>().ToArray());
            state.Remove(EvaluationsName);
            _earlier.AddRange(state.Values);
            Evaluations.AddRange(before);
            context.Progress(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"goes on from the state of {File.GetLastWriteTimeUtc(path):yyyy-MM-dd HH:mm:ss} UTC"
                )
            );
            return state;
        }
        catch (Exception damaged)
            when (damaged is InvalidDataException or JsonException or KeyNotFoundException or IOException)
        {
            context.Progress($"begins anew, since the state of an earlier run cannot be read: {damaged.Message}");
            context.State.Discard();
            return null;
        }
    }

    private void Write(KeptState kept, TrainingProgress progress) =>
        kept.Write(path =>
        {
            using DisposeScope scope = NewDisposeScope();
            Dictionary<string, Tensor> state = progress.State(copied: false);
            state.Add(EvaluationsName, tensor(StageJson.Write(Evaluations.ToArray()), device: CPU));
            Safetensors.Write(path, state);
            if (!_wasTold)
            {
                _wasTold = true;
                context.Progress(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"keeps a state of {new FileInfo(path).Length / 1e6:N1} MB every {kept.Interval.TotalSeconds:N0} s, to go on from when it is stopped"
                    )
                );
            }
        });
}
