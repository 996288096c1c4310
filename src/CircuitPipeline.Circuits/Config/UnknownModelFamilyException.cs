namespace CircuitPipeline.Circuits;

/// <summary>A <c>config.json</c> names a model family that is not among those that can be read.</summary>
public sealed class UnknownModelFamilyException(string source, string family)
    : InvalidConfigException(
        $"{source}: 'model_type' is '{ConfigFields.Shortened(family)}', but the families that can be read are "
            + $"'{string.Join("', '", HuggingFaceConfig.Families)}'."
    )
{
    /// <summary>The family that was found.</summary>
    public string Family { get; } = family;
}
