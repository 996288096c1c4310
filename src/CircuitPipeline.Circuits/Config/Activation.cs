namespace CircuitPipeline.Circuits.Config;

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
