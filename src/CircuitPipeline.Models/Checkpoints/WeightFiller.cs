using System.Runtime.InteropServices;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Models.Checkpoints;

/// <summary>Copies stored tensors into a model's parameters, each exactly once.</summary>
internal sealed class WeightFiller(Transformer model)
{
    private readonly TransformerConfig _config = model.Config;
    private readonly CheckpointNames _names = new(model);
    private readonly HashSet<string> _turned = CheckpointNames.Turned(model);
    private readonly Dictionary<string, Tensor> _parameters = model.state_dict();
    private readonly HashSet<string> _filled = new(StringComparer.Ordinal);

    /// <summary>Takes all tensors of a file.</summary>
    internal void Fill(string path)
    {
        using IDisposable frozen = no_grad();
        Safetensors.Read(path, (name, stored) => Take(path, name, stored), name => !IsLeftOut(name));
    }

    /// <summary>Refuses a model with parameters that no file has filled, or an unembedding that is only said to be tied.</summary>
    internal void MustBeComplete(IReadOnlyList<string> paths)
    {
        using IDisposable frozen = no_grad();
        if (!_filled.Contains(_names.Embedding))
        {
            // The one copy of a tied matrix may stand under the unembedding's name.
            foreach (string path in paths)
            {
                Safetensors.Read(path, (name, stored) => Take(path, name, stored), _names.IsTied);
            }
        }

        string[] missing = [.. _parameters.Keys.Except(_filled).Order(StringComparer.Ordinal)];
        if (missing.Length > 0)
        {
            throw new InvalidDataException(
                $"{paths[0]}: {missing.Length} tensors of the configuration are missing, the first is '{missing[0]}'."
            );
        }

        foreach (string path in paths)
        {
            Safetensors.Read(path, (name, stored) => MustRepeatEmbedding(path, name, stored), _names.IsTied);
        }
    }

    private bool IsLeftOut(string name) => _names.IsDerived(name) || _names.IsTied(name);

    private void Take(string path, string name, Tensor stored)
    {
        string target = _names.IsTied(name) ? _names.Embedding : _names.ParameterOf(name);
        if (!_parameters.TryGetValue(target, out Tensor? parameter))
        {
            throw new InvalidDataException(
                $"{path}: tensor '{name}' has no place in a {_config.Architecture} model of {_config.NLayers} layers."
            );
        }

        if (!_filled.Add(target))
        {
            throw new InvalidDataException($"{path}: tensor '{name}' comes twice, but a parameter has one value.");
        }

        if (!stored.is_floating_point())
        {
            throw new InvalidDataException(
                $"{path}: tensor '{name}' is stored as {SafetensorsTypes.NameOf(stored.dtype)}, but weights are "
                    + "F64, F32, F16 or BF16."
            );
        }

        using Tensor place = _turned.Contains(target) ? parameter.t() : parameter.alias();
        if (!stored.shape.AsSpan().SequenceEqual(place.shape))
        {
            throw new InvalidDataException(
                $"{path}: tensor '{name}' has shape {stored.ShapeText}, but the configuration asks for {place.ShapeText}."
            );
        }

        place.copy_(stored);
    }

    private void MustRepeatEmbedding(string path, string name, Tensor stored)
    {
        Tensor embedding = _parameters[_names.Embedding];
        if (!stored.to(embedding.dtype).to(embedding.device).Equals(embedding))
        {
            throw new InvalidDataException(
                $"{path}: tensor '{name}' differs from '{_names.Embedding}', but the configuration ties the two; "
                    + "set 'tie_word_embeddings' to false if the model has both."
            );
        }
    }
}

/// <summary>In which element types a device can compute; older versions of libtorch store float16 on a processor, but do not multiply it.</summary>
internal static class ComputeTypes
{
    /// <summary>Refuses a type in which a small matrix product fails.</summary>
    /// <exception cref="NotSupportedException">The product fails.</exception>
    internal static void MustCompute(ScalarType dtype, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        try
        {
            Tensor one = ones(1, 1, dtype, device);
            one.mm(one);
        }
        catch (ExternalException cause)
        {
            throw new NotSupportedException(
                $"This libtorch ({__version__}) cannot compute in '{dtype}' on '{device}'; choose 'Float32', 'Float64' or 'BFloat16'.",
                cause
            );
        }
    }
}
