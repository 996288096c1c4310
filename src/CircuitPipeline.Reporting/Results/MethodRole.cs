namespace CircuitPipeline.Reporting;

/// <summary>What a method is in the comparison.</summary>
public enum MethodRole
{
    /// <summary>The base model without fine-tuning: the lower reference.</summary>
    Base,

    /// <summary>An adapter, one of the methods compared.</summary>
    Adapter,

    /// <summary>Full fine-tuning: the upper reference.</summary>
    Full,
}
