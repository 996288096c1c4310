using System.Collections.Immutable;

namespace CircuitPipeline.Circuits.Config;

/// <summary>
/// What Hugging Face calls the parts of a model family, and what all of its models have in common. Checkpoints, adapters and
/// plans take their names from here.
/// </summary>
/// <remarks>
/// A tensor's name is <c>{Body}.{Blocks}.{layer}.{part}.weight</c>; a part may be a path of several names, and an empty one is
/// the block itself.
/// </remarks>
public sealed record ModelFamily
{
    /// <summary>All families.</summary>
    public static ImmutableArray<ModelFamily> All => FamilyTable.All;

    /// <summary>Which family this is.</summary>
    public required Architecture Architecture { get; init; }

    /// <summary>The value of <c>model_type</c> in its <c>config.json</c>.</summary>
    public required string ModelType { get; init; }

    /// <summary>The value of <c>architectures</c> in its <c>config.json</c>.</summary>
    public required string ClassName { get; init; }

    /// <summary>All but the unembedding.</summary>
    public required string Body { get; init; }

    /// <summary>The unembedding, which tied models do not have.</summary>
    public required string Unembedding { get; init; }

    /// <summary>The table of token embeddings, within the body.</summary>
    public required string Embedding { get; init; }

    /// <summary>The table of learned positions, within the body; null where positions are rotary.</summary>
    public string? Positions { get; init; }

    /// <summary>The row of that table that the first token takes.</summary>
    public int FirstPosition { get; init; }

    /// <summary>The list of blocks, within the body.</summary>
    public string Blocks { get; init; } = "layers";

    /// <summary>The norm before the unembedding, within the body.</summary>
    public required string FinalNorm { get; init; }

    /// <summary>The kind of all norms of the residual stream.</summary>
    public Normalization Normalization { get; init; } = Normalization.LayerNorm;

    /// <summary>The norm of what the heads read; null where they read the residual stream as it is.</summary>
    public string? AttentionNorm { get; init; }

    /// <summary>The norm of what the heads write together; null where they write it as it is.</summary>
    public string? AttentionPostNorm { get; init; }

    /// <summary>The norm of what the MLP reads; null where it reads the residual stream as it is.</summary>
    public string? MlpNorm { get; init; }

    /// <summary>The norm of what the MLP writes; null where it writes it as it is.</summary>
    public string? MlpPostNorm { get; init; }

    /// <summary>The attention, within a block.</summary>
    public required string Attention { get; init; }

    /// <summary>How the maps to queries, keys and values are kept.</summary>
    public QueryKeyValueLayout Layout { get; init; } = QueryKeyValueLayout.Separate;

    /// <summary>The maps to queries, keys and values, one or three, within the attention.</summary>
    public ImmutableArray<string> QueryKeyValue { get; init; } = ["q_proj", "k_proj", "v_proj"];

    /// <summary>The map from the heads to the residual stream, within the attention.</summary>
    public required string AttentionOutput { get; init; }

    /// <summary>Norms of queries and keys (<c>q_norm</c> and <c>k_norm</c> within the attention).</summary>
    public QueryKeyNorm QueryKeyNorm { get; init; }

    /// <summary>The MLP, within a block; empty where its maps are the block's own.</summary>
    public string Mlp { get; init; } = "mlp";

    /// <summary>The map whose activated output is multiplied with the hidden layer (Shazeer 2020, arXiv:2002.05202); null where there is none.</summary>
    public string? MlpGate { get; init; }

    /// <summary>The map to the MLP's hidden layer, within the MLP.</summary>
    public required string MlpIn { get; init; }

    /// <summary>The map from the MLP's hidden layer, within the MLP.</summary>
    public required string MlpOut { get; init; }

    /// <summary>Whether token embeddings are multiplied by the root of their width.</summary>
    public bool ScalesEmbedding { get; init; }

    /// <summary>Ends of the names of buffers that older versions saved beside the weights; they follow from the configuration.</summary>
    public ImmutableArray<string> DerivedBuffers { get; init; } =
    [".rotary_emb.inv_freq", ".rotary_emb.cos_cached", ".rotary_emb.sin_cached"];

    /// <summary>Whether checkpoints keep the blocks' linear maps as <c>[in, out]</c> (GPT-2's Conv1D) and not <c>[out, in]</c>.</summary>
    public bool KeepsMapsTurned { get; init; }

    /// <summary>Whether what a layer writes passes a norm first, so that heads do not write independently of each other.</summary>
    public bool NormsWhatIsWritten => AttentionPostNorm is not null;

    /// <summary>The list of blocks in a model, such as <c>gpt_neox.layers</c>.</summary>
    public string BlocksPath => $"{Body}.{Blocks}";

    /// <summary>The family of an architecture.</summary>
    /// <param name="architecture">One of the enumeration.</param>
    public static ModelFamily Of(Architecture architecture) => FamilyTable.ByArchitecture[(int)architecture];

    /// <summary>The family of a <c>model_type</c>; null when none has it.</summary>
    /// <param name="modelType">Such as <c>gpt_neox</c>.</param>
    public static ModelFamily? OfType(string modelType) => All.FirstOrDefault(family => family.ModelType == modelType);
}

/// <summary>How a number is normalized over the width of the model.</summary>
public enum Normalization
{
    /// <summary>w (x - mean) / σ + b (Ba et al. 2016, arXiv:1607.06450).</summary>
    LayerNorm,

    /// <summary>w x / rms (Zhang and Sennrich 2019, arXiv:1910.07467).</summary>
    Rms,

    /// <summary>(1 + w) x / rms, as Gemma keeps its weights.</summary>
    RmsOnePlus,
}

/// <summary>How a checkpoint keeps the maps to queries, keys and values.</summary>
public enum QueryKeyValueLayout
{
    /// <summary>Three maps.</summary>
    Separate,

    /// <summary>One map, whose rows are ordered head by head, and q, k, v within each head (GPT-NeoX).</summary>
    HeadByHead,

    /// <summary>One map: all queries, then all keys, then all values (GPT-2).</summary>
    InputByInput,
}

/// <summary>Norms of queries and keys, before the rotation.</summary>
public enum QueryKeyNorm
{
    /// <summary>None.</summary>
    None,

    /// <summary>Each head by itself, with one weight for all heads (Qwen 3).</summary>
    PerHead,

    /// <summary>All heads together (OLMo 2): one head's query changes the scale of the others.</summary>
    Whole,
}
