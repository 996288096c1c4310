namespace CircuitPipeline.Study.Spec;

/// <summary>The codes of everything that can be wrong with an experiment's file; a code never changes its meaning.</summary>
public static class Diagnostics
{
    /// <summary>The file does not exist or cannot be read.</summary>
    public const string UnreadableFile = "CP0001";

    /// <summary>The file is not text: too long, empty, or not UTF-8.</summary>
    public const string NotText = "CP0002";

    /// <summary>The text is not YAML.</summary>
    public const string NotYaml = "CP0003";

    /// <summary>A part of YAML that an experiment has no use for: anchors, tags, several documents, deep nesting.</summary>
    public const string UnsupportedYaml = "CP0004";

    /// <summary>A key is given twice.</summary>
    public const string DuplicateKey = "CP0005";

    /// <summary>A required key is missing.</summary>
    public const string MissingKey = "CP0006";

    /// <summary>A key that means nothing.</summary>
    public const string UnknownKey = "CP0007";

    /// <summary>A value of the wrong kind.</summary>
    public const string IllTypedValue = "CP0008";

    /// <summary>A value of the right kind that is not allowed, by itself or beside another.</summary>
    public const string OutOfRange = "CP0009";
}
