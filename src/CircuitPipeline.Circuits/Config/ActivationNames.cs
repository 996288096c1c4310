namespace CircuitPipeline.Circuits;

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
        var found = fields.Text(key) ?? missing;
        foreach (var (name, activation) in Names)
        {
            if (name == found)
            {
                return activation;
            }
        }
        var allowed = string.Join("', '", Names.Select(row => row.Name));
        throw fields.Error($"'{key}' is '{ConfigFields.Shortened(found)}', but '{allowed}' are allowed.");
    }

    /// <summary>The first name, which is what is written.</summary>
    public static string Of(Activation activation) => Names.First(row => row.Activation == activation).Name;
}
