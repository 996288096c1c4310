using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

/// <summary>A module with every kind of component: a renamed and a plain child, a parameter, a buffer, a list.</summary>
internal sealed class TwoLayers : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "first")]
    private readonly Linear _first;

    private readonly LayerNorm norm;
    private readonly Parameter scale;
    private readonly Tensor offset;
    private readonly ModuleList<Linear> more;

    internal TwoLayers()
        : base(nameof(TwoLayers))
    {
        _first = nn.Linear(2, 3);
        norm = nn.LayerNorm(3);
        scale = nn.Parameter(ones(3));
        offset = full([3], 0.5);
        more = nn.ModuleList(nn.Linear(3, 3, hasBias: false), nn.Linear(3, 1));
        RegisterComponents();
    }

    internal Parameter Scale => scale;

    internal Tensor Offset => offset;

    internal Linear First => _first;

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor hidden = norm.call(_first.call(input)) * scale + offset;
        foreach (Linear layer in more)
            hidden = layer.call(hidden);
        return hidden.MoveToOuterDisposeScope();
    }
}
