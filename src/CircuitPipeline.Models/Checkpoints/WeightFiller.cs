using System.Runtime.InteropServices;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Models.Checkpoints;

/// <summary>Copies stored tensors into a model's parameters, each exactly once.</summary>
internal sealed class WeightFiller(Transformer model, CheckpointOptions options)
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
        Safetensors.Fill(path, entry => IsLeftOut(entry.Name) ? null : PlaceOf(path, entry));
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
                Safetensors.Fill(path, entry => _names.IsTied(entry.Name) ? PlaceOf(path, entry) : null);
            }
        }

        string[] missing = [.. _parameters.Keys.Except(_filled).Order(StringComparer.Ordinal)];
        if (missing.Length > 0)
        {
            throw new InvalidDataException(
                missing.Length == 1
                    ? $"{paths[0]}: tensor '{missing[0]}' of the configuration is missing."
                    : $"{paths[0]}: {missing.Length} tensors of the configuration are missing, the first is '{missing[0]}'."
            );
        }

        foreach (string path in paths)
        {
            Safetensors.ReadRows(
                path,
                entry => _names.IsTied(entry.Name),
                (entry, first, rows) => MustRepeatEmbedding(path, entry, first, rows)
            );
        }
    }

    private bool IsLeftOut(string name) => _names.IsDerived(name) || _names.IsTied(name) || options.LeavesOut(name);

    private Tensor PlaceOf(string path, TensorEntry entry)
    {
        string name = entry.Name;
        string target = _names.IsTied(name) ? _names.Embedding : _names.ParameterOf(name);
        if (!_parameters.TryGetValue(target, out Tensor? parameter))
        {
            throw new InvalidDataException(
                $"{path}: tensor '{name}' has no place in a {_config.Architecture} model of {_config.NLayers} layers; "
                    + "if the model computes the same without it, name it in '--ignore-tensors'."
            );
        }

        if (!_filled.Add(target))
        {
            throw new InvalidDataException($"{path}: tensor '{name}' comes twice, but a parameter has one value.");
        }

        ScalarType stored = SafetensorsTypes.TypeOf(entry.Dtype);
        if (stored is not (ScalarType.Float64 or ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16))
        {
            throw new InvalidDataException(
                $"{path}: tensor '{name}' is stored as {entry.Dtype}, but weights are F64, F32, F16 or BF16."
            );
        }

        Tensor place = _turned.Contains(target) ? parameter.t() : parameter;
        return entry.Shape.AsSpan().SequenceEqual(place.shape)
            ? place
            : throw new InvalidDataException(
                $"{path}: tensor '{name}' has shape [{string.Join(", ", entry.Shape)}], but the configuration asks for {place.ShapeText}."
            );
    }

    private void MustRepeatEmbedding(string path, TensorEntry entry, long first, Tensor rows)
    {
        Tensor embedding = _parameters[_names.Embedding];
        bool fits = entry.Shape.AsSpan().SequenceEqual(embedding.shape);
        if (!fits || !rows.to(embedding.dtype).to(embedding.device).Equals(embedding.narrow(0, first, rows.size(0))))
        {
            throw new InvalidDataException(
                $"{path}: tensor '{entry.Name}' differs from '{_names.Embedding}', but the configuration ties the two; "
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
