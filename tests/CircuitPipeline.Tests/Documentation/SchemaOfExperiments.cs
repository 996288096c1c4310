using System.Text.Json;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Documentation;

/// <summary>experiments/study.schema.json is what the spec's records say of themselves, and the committed experiments name it.</summary>
public sealed class SchemaOfExperiments
{
    private static readonly string Folder = Path.Combine(RepositoryRoot.Path, "experiments");

    [Fact]
    public void Is_made_from_the_records_that_read_the_file()
    {
        string path = Path.Combine(Folder, "study.schema.json");
        string expected = StudySchema.Write();
        string found = File.Exists(path) ? File.ReadAllText(path) : "";
        string received = Path.Combine(Folder, "study.schema.received.json");
        if (found != expected)
        {
            File.WriteAllText(received, expected);
        }

        Assert.True(
            found == expected,
            $"'{path}' is not what the spec says: compare it with '{received}', and put that in its place if it is right."
        );
    }

    [Fact]
    public void Knows_shapes_and_checkpoints_and_what_belongs_to_each()
    {
        using JsonDocument schema = JsonDocument.Parse(StudySchema.Write());
        JsonElement whole = schema.RootElement.GetProperty("else");

        Assert.Equal(2, whole.GetProperty("properties").GetProperty("model").GetProperty("anyOf").GetArrayLength());
        Assert.Equal(
            ["data", "splits", "pretrain"],
            whole.GetProperty("else").GetProperty("required").EnumerateArray().Select(key => key.GetString())
        );
        Assert.False(whole.GetProperty("then").GetProperty("properties").GetProperty("data").GetBoolean());
        Assert.Equal(
            1,
            whole
                .GetProperty("properties")
                .GetProperty("seeds")
                .GetProperty("properties")
                .GetProperty("bases")
                .GetProperty("minimum")
                .GetInt32()
        );
        Assert.False(schema.RootElement.GetProperty("then").TryGetProperty("required", out _));
    }

    [Fact]
    public void Is_named_by_every_experiment() =>
        Assert.All(
            Directory.GetFiles(Folder, "*.yaml"),
            file => Assert.StartsWith("# yaml-language-server: $schema=study.schema.json\n", File.ReadAllText(file))
        );
}
