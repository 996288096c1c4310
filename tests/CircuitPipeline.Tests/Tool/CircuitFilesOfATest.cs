using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Tests.Circuits;

namespace CircuitPipeline.Tests.ToolFront;

/// <summary>A folder with scores and circuits of one small graph, and a model's configuration.</summary>
internal sealed class CircuitFilesOfATest : IDisposable
{
    public static readonly ComputationGraph Graph = new(2, 2, parallelBlocks: true);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("circuit-pipeline-");

    public CircuitFilesOfATest()
    {
        EdgeScores before = Made.Scores(Graph, seed: 1);
        EdgeScores after = Made.Scores(Graph, seed: 2);
        File.WriteAllBytes(this["scores.json"], ScoresFile.Write(before));
        File.WriteAllBytes(this["before.json"], CircuitFile.Write(new TopN(30).Select(before).Prune()));
        File.WriteAllBytes(this["after.json"], CircuitFile.Write(new TopN(30).Select(after).Prune()));
        Directory.CreateDirectory(Model);
        File.WriteAllText(
            this["model/config.json"],
            """
            {"model_type": "gpt_neox", "num_hidden_layers": 2, "num_attention_heads": 2, "hidden_size": 8,
             "intermediate_size": 32, "vocab_size": 11, "rotary_pct": 0.5, "torch_dtype": "float16"}
            """
        );
    }

    public string Path => _folder.FullName;

    public string Model => this["model"];

    public string this[string name] => System.IO.Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
