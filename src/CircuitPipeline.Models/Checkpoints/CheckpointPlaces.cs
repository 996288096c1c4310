using System.Globalization;
using CircuitPipeline.Circuits.Config;

namespace CircuitPipeline.Models.Checkpoints;

/// <summary>Which stored tensor fills which parameter, and what of a checkpoint is refused; by the headers of its files alone.</summary>
internal sealed class CheckpointPlaces
{
    // Models up to this size are not asked for as a whole: the tensor that does not fit makes the better sentence.
    private const long Small = 1 << 26;

    private static readonly string[] PackedNames = [".qweight", ".qzeros", ".weight_packed"];

    private readonly TransformerConfig _config;
    private readonly CheckpointOptions _options;
    private readonly CheckpointNames _names;
    private readonly IReadOnlyDictionary<string, long[]> _shapes;
    private readonly (string Path, TensorEntry Entry)[] _entries;
    private readonly bool _hasEmbedding;

    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    internal CheckpointPlaces(TransformerConfig config, CheckpointOptions options, IReadOnlyList<string> paths)
    {
        (_config, _options, Paths) = (config, options, paths);
        _names = new CheckpointNames(config);
        _shapes = ParameterShapes.Of(config);
        _entries = [.. paths.SelectMany(path => Safetensors.Entries(path).Select(entry => (path, entry)))];
        _hasEmbedding = _entries.Any(stored =>
            !IsLeftOut(stored.Entry.Name)
            && !IsTied(stored.Entry.Name)
            && _names.ParameterOf(stored.Entry.Name) == Embedding
        );
    }

    /// <summary>The files.</summary>
    internal IReadOnlyList<string> Paths { get; }

    /// <summary>The parameter that a tied unembedding repeats.</summary>
    internal string Embedding => _names.Embedding;

    /// <summary>The parameter that a stored tensor fills; null where it is left out, or repeats the embedding.</summary>
    internal string? TargetOf(string stored) =>
        IsLeftOut(stored) ? null
        // The one copy of a tied matrix may stand under the unembedding's name.
        : IsTied(stored) ? (_hasEmbedding ? null : Embedding)
        : _names.ParameterOf(stored);

    /// <summary>Whether this is the unembedding of a model that has none of its own, beside the embedding.</summary>
    internal bool RepeatsEmbedding(string stored) => _hasEmbedding && IsTied(stored) && !IsLeftOut(stored);

    /// <summary>What is refused, a sentence for each kind of problem; the loader says the first.</summary>
    internal IEnumerable<string> Problems()
    {
        (string Path, TensorEntry Entry, string Target)[] filling =
        [
            .. _entries
                .Where(stored => TargetOf(stored.Entry.Name) is not null)
                .Select(stored => (stored.Path, stored.Entry, TargetOf(stored.Entry.Name)!)),
        ];
        HashSet<string> filled = [.. filling.Select(stored => stored.Target)];
        string?[] problems =
        [
            First(filling.Where(stored => AreQuantized(stored.Entry, stored.Target)), Quantized),
            TooFew(),
            First(filling.Where(stored => !_shapes.ContainsKey(stored.Target)), WithoutPlace),
            First(
                filling.GroupBy(stored => stored.Target, StringComparer.Ordinal).SelectMany(same => same.Skip(1)),
                (name, _, _, _) => $"{name} comes twice, but a parameter has one value."
            ),
            First(
                filling.Where(stored =>
                    _shapes.ContainsKey(stored.Target)
                    && !SafetensorsTypes.IsReal(stored.Entry.Dtype)
                    && !AreQuantized(stored.Entry, stored.Target)
                ),
                (name, entry, _, _) => $"{name} is stored as {entry.Dtype}, but weights are F64, F32, F16 or BF16."
            ),
            First(filling.Where(stored => !Fits(stored.Entry, stored.Target)), OtherShape),
            First(
                _entries
                    .Where(stored =>
                        RepeatsEmbedding(stored.Entry.Name)
                        && !stored.Entry.Shape.AsSpan().SequenceEqual(_shapes[Embedding])
                    )
                    .Select(stored => (stored.Path, stored.Entry, Embedding)),
                (_, entry, _, _) => Differing(entry.Name)
            ),
            Missing([.. _shapes.Keys.Except(filled).Order(StringComparer.Ordinal)]),
        ];
        return problems.OfType<string>();
    }

    /// <summary>The sentence, without its file, of an unembedding that is said to be the embedding and is not.</summary>
    internal string Differing(string stored) =>
        $"tensor '{stored}' differs from '{Embedding}', but the configuration ties the two; "
        + "set 'tie_word_embeddings' to false if the model has both.";

    private bool IsTied(string stored) => _names.IsTied(stored);

    private bool IsLeftOut(string stored) => _names.IsDerived(stored) || _options.LeavesOut(stored);

    // Of fewer bits, where numbers are expected, or under the names that packers give: GPTQ's, AWQ's and those of compressed-tensors.
    private bool AreQuantized(TensorEntry entry, string target) =>
        (SafetensorsTypes.IsNarrow(entry.Dtype) && _shapes.ContainsKey(target))
        || PackedNames.Any(name => entry.Name.EndsWith(name, StringComparison.Ordinal));

    // A tensor without a place has no shape that it should have.
    private bool Fits(TensorEntry entry, string target) =>
        !_shapes.TryGetValue(target, out long[]? shape) || entry.Shape.AsSpan().SequenceEqual(shape);

    private static string? First(
        IEnumerable<(string Path, TensorEntry Entry, string Target)> found,
        Func<string, TensorEntry, string, int, string> sentence
    )
    {
        (string Path, TensorEntry Entry, string Target)[] all = [.. found];
        return all.Length == 0
            ? null
            : $"{all[0].Path}: {sentence($"tensor '{all[0].Entry.Name}'", all[0].Entry, all[0].Target, all.Length - 1)}";
    }

    private static string Quantized(string name, TensorEntry entry, string target, int more) =>
        $"{name}{And(more)} {(more == 0 ? "is" : "are")} stored as {entry.Dtype}, as quantized weights are, which are not computed with; "
        + "take the model that they were made from, or load them with the library that quantized them, undo it there "
        + "(transformers: 'model.dequantize()') and save the model in F32, F16 or BF16.";

    private string WithoutPlace(string name, TensorEntry entry, string target, int more) =>
        $"{name}{And(more)} {(more == 0 ? "has" : "have")} no place in a {_config.Architecture} model of {Layers()}; "
        + $"if the model computes the same without {(more == 0 ? "it" : "them")}, name {(more == 0 ? "it" : "them")} in '--ignore-tensors'.";

    private string OtherShape(string name, TensorEntry entry, string target, int more) =>
        $"{name} has shape [{string.Join(", ", entry.Shape)}], but the configuration asks for [{string.Join(", ", _shapes[target])}]"
        + (more == 0 ? "." : $"; {more} more {(more == 1 ? "differs" : "differ")} too.");

    private string? Missing(string[] names) =>
        names.Length switch
        {
            0 => null,
            1 => $"{Paths[0]}: tensor '{names[0]}' of the configuration is missing.",
            _ => $"{Paths[0]}: {names.Length} tensors of the configuration are missing, the first is '{names[0]}'.",
        };

    private string? TooFew()
    {
        UInt128 wanted = (UInt128)_config.ParameterCount;
        UInt128 found = _entries.Aggregate(UInt128.Zero, (sum, stored) => sum + (UInt128)stored.Entry.Count);
        return wanted <= Small || wanted <= found
            ? null
            : $"{Paths[0]}: the weights are {found} values, but the configuration asks for at least {wanted}; "
                + "they and the configuration are not of one model.";
    }

    private string Layers() => _config.NLayers == 1 ? "1 layer" : $"{_config.NLayers} layers";

    private static string And(int more) =>
        more == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" and {more} more");
}
