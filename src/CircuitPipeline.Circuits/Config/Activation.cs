namespace CircuitPipeline.Circuits;

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
