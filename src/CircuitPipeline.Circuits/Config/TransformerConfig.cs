namespace CircuitPipeline.Circuits.Config;

/// <summary>The shape of a transformer: all that decides its parameters' shapes, its function and its computation graph.</summary>
public sealed record TransformerConfig
{
    /// <summary>The model family.</summary>
    public required Architecture Architecture { get; init; }

    /// <summary>Number of blocks, 1 to 1,024.</summary>
    public required int NLayers { get; init; }

    /// <summary>Attention heads per block, 1 to 1,024.</summary>
    public required int NHeads { get; init; }

    /// <summary>Width of the residual stream, a multiple of <see cref="NHeads"/>, at most 1,048,576.</summary>
    public required int DModel { get; init; }

    /// <summary>Width of the MLP's hidden layer, at most 16,777,216.</summary>
    public required int DMlp { get; init; }

    /// <summary>Number of tokens, at most 16,777,216.</summary>
    public required int DVocab { get; init; }

    /// <summary>Longest prompt in tokens, at most 16,777,216.</summary>
    public required int NCtx { get; init; }

    /// <summary>Whether a block's MLP reads the same residual as its heads (and so does not see them).</summary>
    public required bool ParallelBlocks { get; init; }

    /// <summary>Share of a head's dimensions that is rotated, 0 to 1; 0 for learned positions.</summary>
    public required double RotaryPercent { get; init; }

    /// <summary>Base of the rotary frequencies.</summary>
    /// <value>The default is 10,000.</value>
    public double RotaryBase { get; init; } = 10_000;

    /// <summary>What a LayerNorm adds to the variance.</summary>
    /// <value>The default is 1e-5.</value>
    public double LayerNormEps { get; init; } = 1e-5;

    /// <summary>The MLP's non-linearity.</summary>
    /// <value>The default is <see cref="Activation.Gelu"/>.</value>
    public Activation Activation { get; init; } = Activation.Gelu;

    /// <summary>Whether the unembedding is the token embedding's matrix.</summary>
    public bool TiedEmbeddings { get; init; }

    /// <summary>Whether the attention's linear maps have biases.</summary>
    /// <value>The default is true.</value>
    public bool AttentionBias { get; init; } = true;

    /// <summary>Standard deviation of freshly drawn weights.</summary>
    /// <value>The default is 0.02.</value>
    public double InitializerRange { get; init; } = 0.02;

    /// <summary>The token that ends a text, where one is known.</summary>
    public int? EosTokenId { get; init; }

    /// <summary>Dimensions of one head: <see cref="DModel"/> / <see cref="NHeads"/>.</summary>
    public int DHead => DModel / NHeads;

    /// <summary>Rotated dimensions of one head, rounded down as Hugging Face does.</summary>
    public int RotaryDimensions => (int)(DHead * RotaryPercent);

    /// <summary>Whether the model adds a learned vector per position.</summary>
    public bool HasLearnedPositions => Architecture == Architecture.Gpt2;

    /// <summary>Names what contradicts itself or is out of range, one sentence each; empty when the shape can be built.</summary>
    /// <returns>The problems, without a file name.</returns>
    public IEnumerable<string> Problems() => ConfigRules.Problems(this);
}

/// <summary>The non-linearity inside an MLP.</summary>
public enum Activation
{
    /// <summary>x Φ(x), with the exact normal distribution function (Hugging Face: <c>gelu</c>).</summary>
    Gelu,

    /// <summary>GELU by its tanh formula (Hugging Face: <c>gelu_new</c>, <c>gelu_fast</c>, <c>gelu_pytorch_tanh</c>).</summary>
    GeluTanh,

    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>x σ(x) (Hugging Face: <c>silu</c>, <c>swish</c>).</summary>
    Silu,
}

/// <summary>Hugging Face's names of the non-linearities.</summary>
internal static class ActivationNames
{
    private static readonly (string Name, Activation Activation)[] Names =
    [
        ("gelu", Activation.Gelu),
        ("gelu_new", Activation.GeluTanh),
        ("gelu_fast", Activation.GeluTanh),
        ("gelu_pytorch_tanh", Activation.GeluTanh),
        ("relu", Activation.Relu),
        ("silu", Activation.Silu),
        ("swish", Activation.Silu),
    ];

    public static Activation Read(ConfigFields fields, string key, string missing)
    {
        string found = fields.Text(key) ?? missing;
        foreach ((string? name, Activation activation) in Names)
        {
            if (name == found)
            {
                return activation;
            }
        }
        string allowed = string.Join("', '", Names.Select(row => row.Name));
        throw fields.Error($"'{key}' is '{MessageText.OneLine(found)}', but '{allowed}' are allowed.");
    }

    /// <summary>The first name, which is what is written.</summary>
    public static string Of(Activation activation) => Names.First(row => row.Activation == activation).Name;
}

/// <summary>The model families that can be read and run.</summary>
public enum Architecture
{
    /// <summary>GPT-NeoX, Pythia: rotary positions, untied embeddings, blocks parallel or sequential.</summary>
    GptNeoX,

    /// <summary>GPT-2: learned positions, tied embeddings, sequential blocks.</summary>
    Gpt2,
}
