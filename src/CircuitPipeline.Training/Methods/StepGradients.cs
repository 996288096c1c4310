using CircuitPipeline.Tensors.Calls;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Training.Methods;

/// <summary>The gradients that a step of the optimizer was taken with.</summary>
public sealed class StepGradients
{
    private readonly Dictionary<Parameter, Tensor> _gradients;
    private readonly double _factor;

    /// <summary>Pairs parameters with their gradients.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradients">In their order and of their shapes.</param>
    /// <param name="factor">What clipping multiplied them by.</param>
    internal StepGradients(IReadOnlyList<Parameter> parameters, IReadOnlyList<Tensor> gradients, double factor)
    {
        _gradients = new(ReferenceEqualityComparer.Instance);
        foreach ((Parameter parameter, Tensor gradient) in parameters.Zip(gradients))
        {
            _gradients.Add(parameter, gradient);
        }

        _factor = factor;
    }

    /// <summary>A parameter's gradient after clipping, of its shape.</summary>
    /// <param name="parameter">One of those that are trained.</param>
    public Tensor Of(Parameter parameter) => _gradients[parameter].Times(_factor);
}
