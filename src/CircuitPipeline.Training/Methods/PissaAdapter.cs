using CircuitPipeline.Models;
using CircuitPipeline.Training.Adapters;
using static TorchSharp.torch;

namespace CircuitPipeline.Training.Methods;

/// <summary>Updates in LoRA's form beside weights without what the updates start at.</summary>
internal sealed class PissaAdapter : TrainedAdapter
{
    private readonly PissaStart[] _starts;
    private readonly double _scaling;

    internal PissaAdapter(Transformer model, AdapterSettings settings)
        : this(model, settings.AlphaOverRank, Parts(model, settings)) { }

    private PissaAdapter(Transformer model, double scaling, (PissaStart Start, LoraLinear Linear)[] parts)
        : base(model, parts.Select(part => part.Linear)) =>
        (_scaling, _starts) = (scaling, [.. parts.Select(part => part.Start)]);

    private IEnumerable<(LoraLinear Linear, PissaStart Start)> Updates => Linears.Cast<LoraLinear>().Zip(_starts);

    /// <inheritdoc/>
    public override void Restore(IReadOnlyDictionary<string, Tensor> state)
    {
        base.Restore(state);
        foreach (PissaStart start in _starts)
        {
            start.TakeOut(_scaling);
        }
    }

    /// <inheritdoc/>
    protected override byte[] Config(string baseModel, string? revision) =>
        new LoraForm(_scaling).Config(
            Model,
            (baseModel, revision),
            [.. Updates.Select(part => (part.Linear.Linear, 2 * (int)part.Linear.A.size(0)))]
        );

    /// <summary>A over A₀, and B beside -B₀.</summary>
    protected override IEnumerable<(string Name, Tensor Value)> Stored()
    {
        foreach ((LoraLinear linear, PissaStart start) in Updates)
        {
            string path = linear.Linear.Path;
            yield return ($"{path}.lora_A.weight", cat([linear.A, start.A], 0)); // [2 rank, in]
            yield return ($"{path}.lora_B.weight", cat([linear.B, start.B.neg()], 1)); // [out, 2 rank]
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, Tensor Value)> Held()
    {
        foreach ((string name, Tensor value) in base.Held())
        {
            yield return (name, value);
        }

        foreach ((LoraLinear linear, PissaStart start) in Updates)
        {
            yield return ($"{linear.Linear.Path}.first_A", start.A);
            yield return ($"{linear.Linear.Path}.first_B", start.B);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        foreach (PissaStart start in _starts)
        {
            start.Dispose();
        }
    }

    // Of all maps or of none: the model is as it was where one cannot be taken apart.
    private static (PissaStart Start, LoraLinear Linear)[] Parts(Transformer model, AdapterSettings settings)
    {
        List<(PissaStart Start, LoraLinear Linear)> parts = [];
        try
        {
            foreach (ModelLinear linear in model.LinearModules.Where(linear => settings.RankOf(linear) > 0))
            {
                parts.Add(PissaStart.Of(linear, settings.RankOf(linear), settings.AlphaOverRank));
            }

            return [.. parts];
        }
        catch
        {
            foreach ((PissaStart start, LoraLinear update) in parts)
            {
                start.Dispose();
                update.Dispose();
            }

            throw;
        }
    }
}
