using System.Text.Json;

namespace CircuitPipeline.Circuits.Config.Families;

/// <summary>The keys of one value of <c>model_type</c>.</summary>
internal interface IFamilyConfig
{
    /// <summary>Whose keys these are.</summary>
    string ModelType { get; }

    /// <summary>Reads the shape; asks for every key that changes it.</summary>
    TransformerConfig Read(ConfigFields fields);

    /// <summary>Writes the keys behind those that all families have.</summary>
    void Write(Utf8JsonWriter json, TransformerConfig config);
}
