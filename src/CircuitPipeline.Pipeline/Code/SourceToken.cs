namespace CircuitPipeline.Pipeline.Code;

/// <summary>What a stretch of C# source is, as far as normalising must know.</summary>
internal enum SourceToken
{
    Code,
    LineEnd,
    Comment,
    Literal,
}
