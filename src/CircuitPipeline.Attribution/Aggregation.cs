namespace CircuitPipeline.Attribution;

/// <summary>How the examples' scores become one.</summary>
public enum Aggregation
{
    /// <summary>The sum over the examples, divided by their number: does not depend on the batches.</summary>
    PerExample,

    /// <summary>
    /// As EAP-IG 2.0 scales its files: it differentiates a batch's mean metric and divides the sum over batches by the
    /// number of examples, so that every batch counts with the inverse of its size; its KL is a mean over the vocabulary.
    /// For comparison with published files only.
    /// </summary>
    Reference,
}
