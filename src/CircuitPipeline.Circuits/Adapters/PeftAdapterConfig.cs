using System.Collections.Immutable;
using System.Globalization;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Files;

namespace CircuitPipeline.Circuits.Adapters;

/// <summary>What an <c>adapter_config.json</c> says: the method, the base model, and which of its modules are changed and how.</summary>
/// <remarks>
/// Written by Hugging Face's PEFT for LoRA, rsLoRA, DoRA, AdaLoRA and IA3, or by the authors of CircuitLoRA
/// (arXiv:2502.11812), whose file has <c>critical_layers</c> instead of a method. What asks for something that is not built is
/// refused; <see cref="AdapterKeys"/> lists what is passed over.
/// </remarks>
public sealed record PeftAdapterConfig
{
    /// <summary>The file's name in an adapter's folder.</summary>
    public const string FileName = "adapter_config.json";

    /// <summary>The largest file that is read, in bytes; AdaLoRA's with all its masks has some hundred kilobytes.</summary>
    public const int LargestBytes = 1 << 22;

    internal PeftAdapterConfig() { }

    /// <summary>How the maps are changed.</summary>
    public required AdapterMethod Method { get; init; }

    /// <summary>Where the file lies, for messages.</summary>
    public required string Source { get; init; }

    /// <summary>The Hub's id or the folder of the base model; null where the file does not say.</summary>
    public string? BaseModel { get; init; }

    /// <summary>The base model's revision on the Hub; null where the file does not say.</summary>
    public string? Revision { get; init; }

    /// <summary>The rank of modules that no pattern names; 0 for IA3.</summary>
    public int Rank { get; init; }

    /// <summary>The alpha of modules that no pattern names; 0 for IA3.</summary>
    public double Alpha { get; init; }

    /// <summary>Whether updates are scaled by alpha / √rank (rsLoRA) and not by alpha / rank.</summary>
    public bool IsRankStabilized { get; init; }

    /// <summary>Whether this is the file of CircuitLoRA's authors, which PEFT does not load.</summary>
    public bool IsOfCircuitLora { get; init; }

    /// <summary>Which biases the adapter's file holds.</summary>
    public AdapterBias Bias { get; init; }

    /// <summary>The method's name: LoRA, rsLoRA, DoRA, AdaLoRA or IA3.</summary>
    public string MethodName =>
        Method switch
        {
            AdapterMethod.Lora when IsOfCircuitLora => "CircuitLoRA",
            AdapterMethod.Lora => IsRankStabilized ? "rsLoRA" : "LoRA",
            AdapterMethod.Dora => IsRankStabilized ? "DoRA with rsLoRA's scale" : "DoRA",
            AdapterMethod.AdaLora => "AdaLoRA",
            _ => "IA3",
        };

    /// <summary>The names or the expression of the modules that are changed, in one line, or <c>all-linear</c>.</summary>
    public string TargetText => Targets.Text;

    internal ModuleTargets Targets { get; init; } = new(null, null, null, []);

    internal NameRule? FeedForward { get; init; }

    internal ImmutableArray<(PythonPattern Pattern, int Rank)> RankPattern { get; init; } = [];

    internal ImmutableArray<(PythonPattern Pattern, double Alpha)> AlphaPattern { get; init; } = [];

    internal ImmutableDictionary<string, ImmutableArray<bool>> Kept { get; init; } =
        ImmutableDictionary.Create<string, ImmutableArray<bool>>(StringComparer.Ordinal);

    /// <summary>Reads an <c>adapter_config.json</c>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is missing, damaged, or asks for what is not built.</exception>
    public static PeftAdapterConfig Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidDataException(
                Directory.Exists(path)
                    ? $"{path}: this is a folder, but the file '{FileName}' is expected."
                    : $"{path}: there is no such file; an adapter's folder holds an '{FileName}'."
            );
        }

        return Parse(JsonFile.Bytes(path, LargestBytes), path);
    }

    /// <summary>Reads the bytes of an <c>adapter_config.json</c>.</summary>
    /// <param name="json">The file's bytes, UTF-8.</param>
    /// <param name="source">The file's name for messages.</param>
    /// <exception cref="InvalidDataException">The text is damaged, or asks for what is not built.</exception>
    public static PeftAdapterConfig Parse(ReadOnlyMemory<byte> json, string source) =>
        JsonFile.ParseUnique(json, source, root => AdapterConfigReader.Read(new ConfigFields(root, source), source));

    /// <summary>The linear maps of a model that the adapter is for, in the order of the layers, with rank and scale.</summary>
    /// <param name="shape">The base model.</param>
    /// <param name="names">How the adapter names its modules; see <see cref="ModuleNames"/>.</param>
    /// <exception cref="InvalidDataException">It is for none of them, or for a module that is no linear map of a block.</exception>
    public IReadOnlyList<AdaptedModule> ModulesOf(TransformerConfig shape, ModuleNames names) =>
        AdaptedModules.Of(this, shape, names);

    /// <summary>The configuration in a few words: <c>LoRA, rank 8, alpha 16, of q_proj, v_proj</c>.</summary>
    public override string ToString() =>
        string.Join(
            ", ",
            [
                MethodName,
                .. Method == AdapterMethod.Ia3
                    ? (string[])[]
                    : [$"rank {Rank}", string.Create(CultureInfo.InvariantCulture, $"alpha {Alpha}")],
                .. RankPattern.IsEmpty ? (string[])[] : [$"{RankPattern.Length} patterns of other ranks"],
                $"of {MessageText.OneLine(TargetText)}",
            ]
        );
}
