using System.Collections.Immutable;

namespace CircuitPipeline.Circuits.Config.Families;

/// <summary>What the families in Llama's form differ in: defaults of Hugging Face's classes, and keys that some of them lack.</summary>
internal sealed record LlamaDefaults
{
    public static ImmutableArray<LlamaDefaults> All { get; } =
    [
        new()
        {
            Family = FamilyTable.Llama,
            DMlp = 11008,
            HasAttentionBias = true,
            HasMlpBias = true,
        },
        new()
        {
            Family = FamilyTable.Mistral,
            NKeyValueHeads = 8,
            DMlp = 14336,
            NCtx = 131072,
            Window = WindowRule.All,
        },
        Qwen(FamilyTable.Qwen2) with
        {
            QueryKeyValueBias = true,
        },
        Qwen(FamilyTable.Qwen3) with
        {
            HeadWidth = 128,
            HasAttentionBias = true,
        },
        new()
        {
            Family = FamilyTable.Gemma2,
            NLayers = 26,
            NHeads = 8,
            NKeyValueHeads = 4,
            HeadWidth = 256,
            DModel = 2304,
            DMlp = 9216,
            DVocab = 256000,
            NCtx = 8192,
            HasAttentionBias = true,
            Window = WindowRule.Even,
            TiedEmbeddings = true,
        },
        new()
        {
            Family = FamilyTable.Olmo2,
            DMlp = 11008,
            DVocab = 50304,
            NormEps = 1e-5,
            HasAttentionBias = true,
        },
    ];

    public required ModelFamily Family { get; init; }

    public int NLayers { get; init; } = 32;

    public int NHeads { get; init; } = 32;

    /// <summary>When the key is missing; null is one for each query head.</summary>
    public int? NKeyValueHeads { get; init; }

    /// <summary>When <c>head_dim</c> is missing; null is the model's width over the heads.</summary>
    public int? HeadWidth { get; init; }

    public int DModel { get; init; } = 4096;

    public required int DMlp { get; init; }

    public int DVocab { get; init; } = 32000;

    public int NCtx { get; init; } = 2048;

    public double NormEps { get; init; } = 1e-6;

    public bool TiedEmbeddings { get; init; }

    /// <summary>Whether the family has the key <c>attention_bias</c>, for all four maps.</summary>
    public bool HasAttentionBias { get; init; }

    /// <summary>Whether queries, keys and values always have biases.</summary>
    public bool QueryKeyValueBias { get; init; }

    /// <summary>Whether the family has the key <c>mlp_bias</c>.</summary>
    public bool HasMlpBias { get; init; }

    public WindowRule Window { get; init; } = WindowRule.None;

    private static LlamaDefaults Qwen(ModelFamily family) =>
        new()
        {
            Family = family,
            NKeyValueHeads = 32,
            DMlp = 22016,
            DVocab = 151936,
            NCtx = 32768,
            Window = WindowRule.Late,
        };
}

/// <summary>Which layers are local where a file does not list them.</summary>
internal enum WindowRule
{
    /// <summary>None; the family has no window.</summary>
    None,

    /// <summary>All (Mistral).</summary>
    All,

    /// <summary>Layers 0, 2, 4, … (Gemma 2).</summary>
    Even,

    /// <summary>From layer <c>max_window_layers</c> on, when <c>use_sliding_window</c> is true (Qwen).</summary>
    Late,
}
