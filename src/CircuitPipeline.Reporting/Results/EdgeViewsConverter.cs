using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CircuitPipeline.Reporting.Results;

/// <summary>Edges as one object on one line, a name and a score each: a circuit may have many thousands.</summary>
internal sealed class EdgeViewsConverter : JsonConverter<ImmutableArray<EdgeView>>
{
    public override ImmutableArray<EdgeView> Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        ImmutableArray<EdgeView>.Builder edges = ImmutableArray.CreateBuilder<EdgeView>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            edges.Add(new EdgeView(name, reader.GetDouble()));
        }

        return edges.ToImmutable();
    }

    public override void Write(Utf8JsonWriter writer, ImmutableArray<EdgeView> value, JsonSerializerOptions options)
    {
        using MemoryStream line = new();
        using (Utf8JsonWriter edges = new(line))
        {
            edges.WriteStartObject();
            foreach (EdgeView edge in value)
            {
                edges.WriteNumber(edge.Name, edge.Score);
            }

            edges.WriteEndObject();
        }
        writer.WriteRawValue(Encoding.UTF8.GetString(line.ToArray()));
    }
}
