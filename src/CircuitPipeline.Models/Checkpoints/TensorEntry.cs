namespace CircuitPipeline.Models;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Dtype">The element type by the format's name, such as <c>F32</c>.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
public sealed record TensorEntry(string Name, string Dtype, long[] Shape, long Begin, long End);
