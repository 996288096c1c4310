using CircuitPipeline.Models;
using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.Training.Adapters;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Training.Methods;

/// <summary>AdaLoRA's updates and what decides which of their rows stay.</summary>
internal sealed class AdaLoraAdapter : TrainedAdapter
{
    private readonly AdaLoraLinear[] _updates;
    private readonly EntrySensitivity[][] _sensitivities; // of A, B, E at each map
    private readonly AdaLoraPlan _plan;
    private readonly Tensor _kept; // [all rows], 1 where a row stays

    internal AdaLoraAdapter(Transformer model, AdaLoraLinear[] updates, AdaLoraPlan plan)
        : base(model, updates)
    {
        (_updates, _plan) = (updates, plan);
        _sensitivities =
        [
            .. updates.Select(update =>
                update
                    .Parameters.Select(part => new EntrySensitivity(
                        part.Value.shape,
                        part.Value.dtype,
                        part.Value.device
                    ))
                    .ToArray()
            ),
        ];
        _kept = ones(plan.Schedule.First, ScalarType.Int64, CPU).DetachFromDisposeScope();
    }

    /// <summary>Which rows stay, map by map.</summary>
    internal bool[][] Kept
    {
        get
        {
            using DisposeScope scope = NewDisposeScope();
            return [.. _kept.cpu().data<long>().ToArray().Select(row => row == 1).Chunk(_plan.InitialRank)];
        }
    }

    /// <inheritdoc/>
    public override long KeptParameters =>
        _updates
            .Zip(Kept)
            .Sum(pair => pair.Second.Count(isKept => isKept) * (pair.First.A.size(1) + pair.First.B.size(0) + 1));

    /// <inheritdoc/>
    public override Tensor Penalty() =>
        _updates
            .SelectMany(update =>
                (Tensor[])[DistanceFromOne(update.A.mm(update.A.t())), DistanceFromOne(update.B.t().mm(update.B))]
            )
            .Aggregate((sum, next) => sum.Plus(next))
            .Times(_plan.Options.OrthogonalWeight / (2 * _updates.Length));

    /// <inheritdoc/>
    public override void AfterStep(int step, StepGradients gradients)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        RankSchedule schedule = _plan.Schedule;
        if (schedule.Measures(step))
        {
            Measure(gradients);
        }

        if (schedule.Allocates(step))
        {
            long[] kept = [.. RankSchedule.Kept(Scores(), schedule.At(step)).Select(isKept => isKept ? 1L : 0)];
            _kept.copy_(tensor(kept, device: CPU));
        }

        if (schedule.Allocates(step) || !schedule.Measures(step))
        {
            Mask();
        }
    }

    /// <inheritdoc/>
    protected override byte[] Config(string baseModel, string? revision) =>
        AdaLoraConfig.Write(Model, (baseModel, revision), _plan, [.. Linears.Select(linear => linear.Linear)], Kept);

    /// <summary>The rows that stay.</summary>
    protected override IEnumerable<(string Name, Tensor Value)> Stored()
    {
        foreach ((AdaLoraLinear update, bool[] kept) in _updates.Zip(Kept))
        {
            long[] numbers = [.. kept.Index().Where(row => row.Item).Select(row => (long)row.Index)];
            Tensor rows = tensor(numbers, [numbers.Length], device: update.A.device);
            string path = update.Linear.Path;
            yield return ($"{path}.lora_A", update.A.index_select(0, rows));
            yield return ($"{path}.lora_B", update.B.index_select(1, rows));
            yield return ($"{path}.lora_E", update.E.index_select(0, rows));
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, Tensor Value)> Held()
    {
        foreach ((string name, Tensor value) in base.Held())
        {
            yield return (name, value);
        }

        yield return ("kept", _kept);
        foreach ((AdaLoraLinear update, EntrySensitivity[] parts) in _updates.Zip(_sensitivities))
        {
            foreach ((string part, EntrySensitivity sensitivity) in ((string[])["A", "B", "E"]).Zip(parts))
            {
                yield return ($"{update.Linear.Path}.sensitivity_{part}", sensitivity.Mean);
                yield return ($"{update.Linear.Path}.uncertainty_{part}", sensitivity.Uncertainty);
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        foreach (EntrySensitivity sensitivity in _sensitivities.SelectMany(parts => parts))
        {
            sensitivity.Dispose();
        }

        _kept.Dispose();
    }

    // ‖product - 1‖, not squared; the least number keeps the gradient finite where the product is 1.
    internal static Tensor DistanceFromOne(Tensor product)
    {
        Tensor distance = product - eye(product.size(0), dtype: product.dtype, device: product.device);
        // Not sqrt, which differs between processors.
        return (distance * distance).sum().AtLeast(1e-24).rsqrt().reciprocal();
    }

    private void Measure(StepGradients gradients)
    {
        foreach ((AdaLoraLinear update, EntrySensitivity[] parts) in _updates.Zip(_sensitivities))
        {
            foreach (((_, Parameter part), EntrySensitivity sensitivity) in update.Parameters.Zip(parts))
            {
                sensitivity.Add(part, gradients.Of(part), _plan.Options.Beta1, _plan.Options.Beta2);
            }
        }
    }

    private double[] Scores() =>
        [.. _sensitivities.Select(RowScores).SelectMany(rows => rows.cpu().data<double>().ToArray())];

    // [rank]
    private static Tensor RowScores(EntrySensitivity[] parts)
    {
        (Tensor a, Tensor b, Tensor e) = (parts[0].Scores(), parts[1].Scores(), parts[2].Scores());
        return e.flatten().Plus(a.mean([1])).Plus(b.mean([0])).to(ScalarType.Float64);
    }

    private void Mask()
    {
        foreach ((AdaLoraLinear update, Tensor kept) in _updates.Zip(_kept.split(_plan.InitialRank)))
        {
            update.E.mul_(kept.unsqueeze(1).to(update.E.dtype).to(update.E.device));
        }
    }
}
