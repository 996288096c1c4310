namespace CircuitPipeline.Circuits.Config;

/// <summary>The shape of a transformer: all that decides its parameters' shapes, its function and its computation graph.</summary>
public sealed record TransformerConfig
{
    /// <summary>The model family: what all of its models have in common is in <see cref="Family"/>.</summary>
    public required Architecture Architecture { get; init; }

    /// <summary>Number of blocks, 1 to 1,024.</summary>
    public required int NLayers { get; init; }

    /// <summary>Attention (query) heads per block, 1 to 1,024.</summary>
    public required int NHeads { get; init; }

    /// <summary>Width of the residual stream, at most 1,048,576.</summary>
    public required int DModel { get; init; }

    /// <summary>Width of the MLP's hidden layer, at most 16,777,216.</summary>
    public required int DMlp { get; init; }

    /// <summary>Number of tokens, at most 16,777,216.</summary>
    public required int DVocab { get; init; }

    /// <summary>Longest prompt in tokens, at most 16,777,216.</summary>
    public required int NCtx { get; init; }

    /// <summary>Whether a block's MLP reads the same residual as its heads (and so does not see them).</summary>
    public bool ParallelBlocks { get; init; }

    /// <summary>Key and value heads per block, a divisor of <see cref="NHeads"/> (Ainslie et al. 2023, arXiv:2305.13245).</summary>
    /// <value>The default, null, is one for each query head.</value>
    public int? NKeyValueHeads { get; init; }

    /// <summary>Dimensions of one head where they are not <see cref="DModel"/> / <see cref="NHeads"/>; else null.</summary>
    public int? HeadWidth { get; init; }

    /// <summary>Share of a head's dimensions that is rotated, 0 to 1; 0 for learned positions.</summary>
    public required double RotaryPercent { get; init; }

    /// <summary>Base of the rotary frequencies.</summary>
    /// <value>The default is 10,000.</value>
    public double RotaryBase { get; init; } = 10_000;

    /// <summary>How the rotary frequencies are changed for prompts longer than those of the training; null for not at all.</summary>
    public RotaryScaling? RotaryScaling { get; init; }

    /// <summary>Which layers see only the last tokens; null when all see all.</summary>
    public SlidingWindow? Window { get; init; }

    /// <summary>What the products of queries and keys are divided by; null for the root of <see cref="DHead"/>.</summary>
    public double? AttentionDivisor { get; init; }

    /// <summary>The bound c of attention logits s, which become c·tanh(s/c) before the mask; null for none.</summary>
    public double? AttentionSoftCap { get; init; }

    /// <summary>The bound c of the logits s, which become c·tanh(s/c); null for none.</summary>
    public double? LogitSoftCap { get; init; }

    /// <summary>What a norm adds to the variance or to the mean square.</summary>
    /// <value>The default is 1e-5.</value>
    public double NormEps { get; init; } = 1e-5;

    /// <summary>The MLP's non-linearity.</summary>
    /// <value>The default is <see cref="Activation.Gelu"/>.</value>
    public Activation Activation { get; init; } = Activation.Gelu;

    /// <summary>Whether the unembedding is the token embedding's matrix.</summary>
    public bool TiedEmbeddings { get; init; }

    /// <summary>Whether the maps to queries, keys and values have biases.</summary>
    /// <value>The default is true.</value>
    public bool QueryKeyValueBias { get; init; } = true;

    /// <summary>Whether the map from the heads to the residual stream has a bias.</summary>
    /// <value>The default is true.</value>
    public bool AttentionOutputBias { get; init; } = true;

    /// <summary>Whether the MLP's maps have biases.</summary>
    /// <value>The default is true.</value>
    public bool MlpBias { get; init; } = true;

    /// <summary>Standard deviation of freshly drawn weights.</summary>
    /// <value>The default is 0.02.</value>
    public double InitializerRange { get; init; } = 0.02;

    /// <summary>The token that ends a text, where one is known.</summary>
    public int? EosTokenId { get; init; }

    /// <summary>Names and conventions of the family.</summary>
    public ModelFamily Family => ModelFamily.Of(Architecture);

    /// <summary>Dimensions of one head: <see cref="HeadWidth"/>, else <see cref="DModel"/> / <see cref="NHeads"/>.</summary>
    public int DHead => HeadWidth ?? DModel / NHeads;

    /// <summary>Dimensions of all query heads together, which is <see cref="DModel"/> in most models.</summary>
    public int DHeads => NHeads * DHead;

    /// <summary>Key and value heads per block.</summary>
    public int KeyValueHeads => NKeyValueHeads ?? NHeads;

    /// <summary>Rotated dimensions of one head, rounded down as Hugging Face does.</summary>
    public int RotaryDimensions => (int)(DHead * RotaryPercent);

    /// <summary>Whether the model adds a learned vector per position.</summary>
    public bool HasLearnedPositions => Family.Positions is not null;

    /// <summary>The linear maps of one block, in its order: what adapters attach to; made anew whenever it is asked.</summary>
    public IReadOnlyList<LinearShape> LinearMaps => BlockMaps.Of(this);

    /// <summary>Numbers in all weights, biases and norms; a tied unembedding counts once.</summary>
    public long ParameterCount => BlockMaps.Parameters(this);

    /// <summary>Names what contradicts itself or is out of range, one sentence each; empty when the shape can be built.</summary>
    /// <returns>The problems, without a file name.</returns>
    public IEnumerable<string> Problems() => ConfigRules.Problems(this);
}
