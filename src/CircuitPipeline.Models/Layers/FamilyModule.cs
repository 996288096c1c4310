using static TorchSharp.torch;

namespace CircuitPipeline.Models.Layers;

/// <summary>A module whose parts are named by the model family, which no attribute on a field could do.</summary>
internal class FamilyModule(string name) : nn.Module(name)
{
    /// <summary>Registers the parts in the order in which parameters are listed.</summary>
    /// <param name="parts">Paths of names, such as <c>attn.attention</c>, and what stands there; what is null is left out.</param>
    protected void Register(params ReadOnlySpan<(string Path, nn.Module? Part)> parts)
    {
        foreach ((string path, nn.Module? part) in parts)
        {
            if (part is not null)
            {
                RegisterAt(this, path, part);
            }
        }
    }

    /// <summary>Registers a part of a module at a path of names.</summary>
    internal static void RegisterAt(nn.Module module, string path, nn.Module part)
    {
        int dot = path.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            module.register_module(path, part);
            return;
        }

        (string first, string rest) = (path[..dot], path[(dot + 1)..]);
        nn.Module? inner = module.named_children().FirstOrDefault(child => child.name == first).module;
        if (inner is null)
        {
            inner = new FamilyModule(first);
            module.register_module(first, inner);
        }

        RegisterAt(inner, rest, part);
    }

    /// <summary>Does nothing: the names of the fields are no names of a checkpoint.</summary>
    protected override void RegisterComponents() { }
}
