using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Testing;

namespace CircuitPipeline.TorchTests.ToolFront;

/// <summary>A folder as a user of the tool has it: two models, prompt pairs as token ids, an experiment.</summary>
internal sealed class ModelFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    internal ModelFolder()
    {
        Save("model", seed: 1);
        Save("tuned", seed: 2);
        File.WriteAllText(
            this["pairs.jsonl"],
            """
            {"clean": [1, 2, 3, 4], "corrupted": [1, 5, 3, 4], "answers": [6], "corrupted_answers": [7]}
            {"clean": [8, 2, 3, 4], "corrupted": [8, 9, 3, 4], "answers": [7], "corrupted_answers": [10]}
            {"clean": [2, 2, 5, 4], "corrupted": [2, 9, 5, 4], "answers": [3], "corrupted_answers": [1]}

            """
        );
        File.WriteAllText(
            this["other-pairs.jsonl"],
            """
            {"clean": [3, 2, 9, 4], "corrupted": [3, 5, 9, 4], "answers": [6], "corrupted_answers": [7]}
            {"clean": [4, 2, 1, 4], "corrupted": [4, 9, 1, 4], "answers": [5], "corrupted_answers": [8]}

            """
        );
        Directory.CreateDirectory(this["experiments"]);
        File.Copy(Path.Combine(RepositoryRoot.Path, "experiments", "tiny.yaml"), this["experiments/tiny.yaml"]);
    }

    internal string this[string name] => _folder.File(name);

    internal string Root => _folder.Path;

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs the tool in this folder, as a process.</summary>
    internal ToolRun Run(string line) => ToolRun.In(Root, line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private void Save(string name, ulong seed)
    {
        Directory.CreateDirectory(this[name]);
        using Transformer model = TinyModel.Create(seed);
        Checkpoint.Save(
            model,
            Path.Combine(this[name], Checkpoint.WeightsFile),
            Path.Combine(this[name], Checkpoint.ConfigFile)
        );
    }
}
