using CircuitPipeline.Tensors.Optimizers;
using CircuitPipeline.Training.Methods;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Training;

/// <summary>What a run keeps to go on after a stop: adapter, optimizer and the losses so far, each under names of its own.</summary>
/// <param name="adapter">What is trained; null where its parameters are kept by others.</param>
/// <param name="from">The state to go on from; null for a new run.</param>
internal sealed class TrainingState(TrainedAdapter? adapter, IReadOnlyDictionary<string, Tensor>? from)
{
    private const string OfAdapter = "adapter.";
    private const string OfOptimizer = "optimizer.";
    private const string Losses = "losses";

    internal TrainedAdapter? Adapter => adapter;

    /// <summary>Tensors by name.</summary>
    /// <param name="optimizer">After a step.</param>
    /// <param name="losses">Of all steps, so many of which are taken.</param>
    /// <param name="copied">Whether they are copies, or change with the next step.</param>
    internal Dictionary<string, Tensor> Of(AdamW optimizer, double[] losses, bool copied)
    {
        Dictionary<string, Tensor> state = new(StringComparer.Ordinal)
        {
            [Losses] = tensor(losses[..(int)optimizer.Steps], device: CPU),
        };
        Add(OfOptimizer, optimizer.State(copied));
        Add(OfAdapter, adapter?.State(copied) ?? []);
        return state;

        void Add(string prefix, Dictionary<string, Tensor> part)
        {
            foreach ((string name, Tensor value) in part)
            {
                state.Add(prefix + name, value);
            }
        }
    }

    /// <summary>Goes on from the state, if there is one.</summary>
    /// <returns>Steps taken before.</returns>
    /// <exception cref="ArgumentException">It is of another run.</exception>
    internal int Restore(AdamW optimizer, double[] losses)
    {
        if (from is null)
        {
            return 0;
        }

        if (!from.TryGetValue(Losses, out Tensor? before) || before.numel() > losses.Length)
        {
            throw new ArgumentException(
                $"The state has no '{Losses}' of at most {losses.Length} steps; it is of another run."
            );
        }

        using DisposeScope scope = NewDisposeScope();
        before.to(ScalarType.Float64).cpu().data<double>().ToArray().CopyTo(losses, 0);
        adapter?.Restore(Part(OfAdapter));
        optimizer.Restore(Part(OfOptimizer));
        return (int)optimizer.Steps;
    }

    private Dictionary<string, Tensor> Part(string prefix) =>
        from!
            .Where(row => row.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(row => row.Key[prefix.Length..], row => row.Value);
}
