namespace CircuitPipeline.Reporting;

/// <summary>One file beside the page.</summary>
/// <param name="Name">The file's name, such as <c>accuracy.csv</c>.</param>
/// <param name="Content">Its bytes, UTF-8.</param>
public sealed record ResultTable(string Name, ReadOnlyMemory<byte> Content);
