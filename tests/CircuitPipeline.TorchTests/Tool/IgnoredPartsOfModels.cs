using System.Text.Json;
using System.Text.Json.Nodes;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Testing;
using CircuitPipeline.TorchTests.Models.Families;
using Xunit;

namespace CircuitPipeline.TorchTests.ToolFront;

/// <summary>'--ignore-key' and '--ignore-tensors': what is passed over in a model's folder is told, and what cannot be is refused.</summary>
public sealed class IgnoredPartsOfModels : IDisposable
{
    private const string Ignore = "--ignore-key new_part --ignore-key other_part --ignore-tensors v_head.*";
    private const string Attribute = "attribute --model . --pairs pairs.jsonl --method eap --dtype float64 --threads 1";
    private readonly FamilyFolder _folder = new(FamilyCases.All["published-qwen2"]);
    private readonly TemporaryFolder _output = new();

    public IgnoredPartsOfModels() =>
        File.WriteAllText(
            InFolder("pairs.jsonl"),
            """
            {"clean": [1, 2, 3], "corrupted": [1, 4, 3], "label": [5, 6]}
            {"clean": [7, 2, 3], "corrupted": [7, 8, 3], "label": [6, 5]}

            """
        );

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
    }

    [Fact]
    public void Leave_the_scores_as_they_are_and_are_recorded()
    {
        Assert.Equal(0, Run($"{Attribute} --out {Out("plain.json")}").ExitCode);
        AddParts();

        ToolRun run = Run($"{Attribute} {Ignore} --out {Out("ignored.json")} --json");

        Assert.True(run.ExitCode == 0, run.Error);
        EdgeScores plain = ScoresFile.Read(Out("plain.json"));
        EdgeScores scores = ScoresFile.Read(Out("ignored.json"));
        Assert.Equal(plain.Values.ToArray(), scores.Values.ToArray());
        Assert.Empty(plain.Origin.Model!.IgnoredKeys);
        Assert.Equal(["new_part", "other_part"], scores.Origin.Model!.IgnoredKeys.ToArray());
        Assert.Equal(["v_head.summary.weight"], scores.Origin.Model.IgnoredTensors.ToArray());
        JsonElement ignored = run.Json.GetProperty("ignored");
        Assert.Equal(["new_part", "other_part"], Texts(ignored.GetProperty("keys")));
        Assert.Equal(["v_head.summary.weight"], Texts(ignored.GetProperty("tensors")));
        Assert.Single(run.Error.Split('\n'), line => line.StartsWith("Warning: ignored as the command line says"));
    }

    [Fact]
    public void Work_on_every_command_that_reads_a_model()
    {
        AddParts();
        Assert.Equal(0, Run($"{Attribute} {Ignore} --out {Out("s.json")}").ExitCode);
        Assert.Equal(
            0,
            Run($"select --scores {Out("s.json")} --selector top-n --edges 20 --out {Out("a.json")}").ExitCode
        );
        Assert.Equal(
            0,
            Run($"select --scores {Out("s.json")} --selector top-n --edges 30 --out {Out("b.json")}").ExitCode
        );
        const string Keys = "--ignore-key new_part --ignore-key other_part";

        ToolRun[] runs =
        [
            Run($"evaluate --model . --pairs pairs.jsonl --circuit {Out("a.json")} {Ignore} --json"),
            Run($"robustness --model . --pairs pairs.jsonl --method eap --edges 20 --by resampled {Ignore} --json"),
            Run(
                $"plan --before {Out("a.json")} --after {Out("b.json")} --rule flips --top-k 1 --equal-to 4 --model . --out {Out("plan")} {Keys} --json"
            ),
            Run($"pairs pairs.jsonl --model . --out {Out("ids.jsonl")} {Keys} --json"),
            Run($"inspect . {Ignore} --json"),
        ];

        Assert.All(runs, run => Assert.Equal(2, run.Json.GetProperty("ignored").GetProperty("keys").GetArrayLength()));
    }

    [Fact]
    public void Are_needed_by_a_model_with_such_parts()
    {
        AddParts();

        ToolRun keys = Run($"{Attribute} --out {Out("s.json")}");
        ToolRun tensors = Run($"{Attribute} --ignore-key new_part --ignore-key other_part --out {Out("s.json")}");

        Assert.Equal((2, 2), (keys.ExitCode, tensors.ExitCode));
        Assert.Contains("name it in '--ignore-key'", keys.Error);
        Assert.Contains("name it in '--ignore-tensors'", tensors.Error);
    }

    [Theory]
    [InlineData("--ignore-key nonsense", "'--ignore-key' is 'nonsense', but the model's 'config.json' has no such key")]
    [InlineData("--ignore-key rope_theta", "or the key is known and read as it stands")]
    [InlineData(
        "--ignore-tensors nonsense.*",
        "'--ignore-tensors' is 'nonsense.*', but no tensor of the model has such a name"
    )]
    public void Are_refused_where_they_ignore_nothing(string option, string words)
    {
        ToolRun run = Run($"{Attribute} {option} --out {Out("s.json")}");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(words, run.Error);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];

    private void AddParts()
    {
        JsonObject config = JsonNode.Parse(File.ReadAllText(InFolder("config.json")))!.AsObject();
        config["new_part"] = 1;
        config["other_part"] = "no";
        File.WriteAllText(InFolder("config.json"), config.ToJsonString());
        Dictionary<string, PlainTensor> tensors = new(_folder.Tensors)
        {
            ["v_head.summary.weight"] = new PlainTensor([2], [1, 2]),
        };
        PlainSafetensors.Write(InFolder("model.safetensors"), tensors, "F64");
    }

    private ToolRun Run(string line) =>
        ToolRun.In(_folder.Path, line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private string InFolder(string name) => Path.Combine(_folder.Path, name);

    private string Out(string name) => _output.File(name);
}
