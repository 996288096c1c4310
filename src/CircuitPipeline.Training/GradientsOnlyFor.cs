using CircuitPipeline.Models;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Training;

/// <summary>Freezes a model's parameters but for some; undone when it is disposed.</summary>
internal sealed class GradientsOnlyFor : IDisposable
{
    private readonly List<Parameter> _frozen = [];

    internal GradientsOnlyFor(Transformer model, Parameter[] trained)
    {
        HashSet<Parameter> kept = new(trained, ReferenceEqualityComparer.Instance);
        foreach (Parameter parameter in model.parameters().Where(own => own.requires_grad && !kept.Contains(own)))
        {
            parameter.requires_grad = false;
            _frozen.Add(parameter);
        }
    }

    public void Dispose()
    {
        foreach (Parameter parameter in _frozen)
        {
            parameter.requires_grad = true;
        }
    }
}
