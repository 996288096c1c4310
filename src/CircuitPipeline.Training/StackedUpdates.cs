using CircuitPipeline.Models;
using CircuitPipeline.Models.Layers;
using CircuitPipeline.Training.Adapters;
using static TorchSharp.torch;

namespace CircuitPipeline.Training;

/// <summary>The updates of several adapters, which a model computes side by side until this is disposed.</summary>
/// <remarks>Smaller ranks are filled up with rows of 0, which change nothing and whose gradients are left out.</remarks>
internal sealed class StackedUpdates : IDisposable
{
    private readonly Map[] _maps;
    private readonly double _scale;

    internal StackedUpdates(Transformer model, LoraAdapter[] adapters)
    {
        double[] scales =
        [
            .. adapters.SelectMany(adapter => adapter.Updates).Select(linear => linear.Scaling).Distinct(),
        ];
        if (scales.Length != 1)
        {
            throw new ArgumentException(
                $"Adapters that are trained at once must have one factor alpha / rank, but these have {scales.Length}."
            );
        }

        _scale = scales[0];
        _maps =
        [
            .. model
                .LinearModules.Select(linear => new Map(
                    linear.Module,
                    [
                        .. adapters.Select(adapter =>
                            adapter.Updates.FirstOrDefault(own => ReferenceEquals(own.Linear.Module, linear.Module))
                        ),
                    ]
                ))
                .Where(map => map.Rank > 0),
        ];
    }

    /// <summary>A <c>[run, rank, in]</c> and Bᵀ <c>[run, rank, out]</c> of every map in turn, by which losses are differentiated.</summary>
    internal Tensor[] Leaves { get; private set; } = [];

    /// <summary>Lays the adapters' weights as they are now side by side, in the caller's dispose scope.</summary>
    internal void Stack()
    {
        List<Tensor> leaves = [];
        foreach (Map map in _maps)
        {
            Tensor down = Leaf(map, linear => linear.A.detach(), map.Module.InFeatures);
            Tensor up = Leaf(map, linear => linear.B.detach().t(), map.Module.OutFeatures);
            leaves.AddRange([down, up]);
            map.Module.Update = new LowRankUpdate(down, up.transpose(1, 2), _scale);
        }

        Leaves = [.. leaves];
    }

    /// <summary>Each run's part of the leaves' gradients, in the order and of the shapes of its adapter's parameters.</summary>
    internal Tensor[][] ByRun(Tensor[] gradients)
    {
        Tensor[][] parts = [.. gradients.Select(gradient => gradient.unbind(0))];
        return [.. Enumerable.Range(0, parts[0].Length).Select(Own)];

        Tensor[] Own(int run)
        {
            List<Tensor> own = [];
            for (int map = 0; map < _maps.Length; map++)
            {
                if (_maps[map].Linears[run] is { } linear)
                {
                    long rank = linear.A.size(0);
                    own.Add(parts[2 * map][run].narrow(0, 0, rank));
                    own.Add(parts[2 * map + 1][run].narrow(0, 0, rank).t());
                }
            }

            return [.. own];
        }
    }

    public void Dispose() => Detach();

    /// <summary>Leaves the model as it is alone, until the next <see cref="Stack"/>.</summary>
    internal void Detach()
    {
        foreach (Map map in _maps)
        {
            map.Module.Update = null;
        }
    }

    // [run, rank, width]
    private static Tensor Leaf(Map map, Func<LoraLinear, Tensor> rows, long width) =>
        stack([.. map.Linears.Select(linear => Filled(linear is null ? null : rows(linear), map, width))])
            .requires_grad_(true);

    private static Tensor Filled(Tensor? rows, Map map, long width)
    {
        long missing = map.Rank - (rows?.size(0) ?? 0);
        if (rows is not null && missing == 0)
        {
            return rows;
        }

        Tensor nothing = zeros(missing, width, map.Type, map.Module.weight.device);
        return rows is null ? nothing : cat([rows, nothing]);
    }

    // A linear map, and each adapter's update of it.
    private sealed record Map(LinearMap Module, LoraLinear?[] Linears)
    {
        internal long Rank { get; } = Linears.Max(linear => linear?.A.size(0) ?? 0);

        internal ScalarType Type { get; } = Linears.FirstOrDefault(linear => linear is not null)?.A.dtype ?? default;
    }
}
