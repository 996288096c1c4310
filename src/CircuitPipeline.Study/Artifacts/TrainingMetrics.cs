using System.Text.Json;
using CircuitPipeline.Training;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>What a training run measured, as JSON: losses in nats per token, and exact match on a split at some steps.</summary>
internal sealed class TrainingMetrics
{
    /// <summary>The loss of every step.</summary>
    internal double[] Losses { get; set; } = [];

    /// <summary>Step, counted from 1, and how often the answer was right after it.</summary>
    internal List<(int Step, ExactMatch Match)> Evaluations { get; } = [];

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    internal static TrainingMetrics Read(string path)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(path));
        TrainingMetrics metrics = new()
        {
            Losses = [.. file.RootElement.GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble())],
        };
        foreach (JsonElement row in file.RootElement.GetProperty("evaluations").EnumerateArray())
        {
            metrics.Evaluations.Add(
                (
                    row.GetProperty("step").GetInt32(),
                    new ExactMatch(row.GetProperty("correct").GetInt32(), row.GetProperty("total").GetInt32())
                )
            );
        }

        return metrics;
    }

    /// <summary>The file's bytes, the same for the same numbers.</summary>
    internal byte[] Write()
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteStartArray("evaluations");
            foreach ((int step, ExactMatch match) in Evaluations)
            {
                json.WriteStartObject();
                json.WriteNumber("step", step);
                json.WriteNumber("correct", match.Correct);
                json.WriteNumber("total", match.Total);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("losses");
            foreach (double loss in Losses)
            {
                json.WriteNumberValue(loss);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
