using static TorchSharp.torch;

namespace CircuitPipeline.Models;

/// <summary>A module whose parts are named by the model family, which no attribute on a field could do.</summary>
internal abstract class FamilyModule(string name) : nn.Module(name)
{
    /// <summary>Registers the parts in the order in which parameters are listed.</summary>
    protected void Register(params ReadOnlySpan<(string Name, nn.Module Part)> parts)
    {
        foreach ((string part, nn.Module module) in parts)
            register_module(part, module);
    }

    /// <summary>Does nothing: the names of the fields are no names of a checkpoint.</summary>
    protected override void RegisterComponents() { }
}
