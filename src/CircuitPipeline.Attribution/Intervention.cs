namespace CircuitPipeline.Attribution;

/// <summary>What replaces the value of an edge outside the circuit.</summary>
public enum Intervention
{
    /// <summary>The source's output on the corrupted prompt.</summary>
    Patching,

    /// <summary>Zero.</summary>
    Zero,

    /// <summary>The source's mean output over all clean prompts and positions.</summary>
    Mean,

    /// <summary>The source's mean output over all clean prompts at the same position.</summary>
    MeanPositional,
}
