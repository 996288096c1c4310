using System.Text.Json;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Testing;
using TorchSharp;

namespace CircuitPipeline.TorchTests.Attribution;

/// <summary>The reference libraries' runs on a small model (see the README in oracle.zip).</summary>
internal sealed class Oracle : IDisposable
{
    private const int Pad = 63;
    private readonly JsonDocument _data;
    private readonly JsonDocument _reference;

    /// <param name="model"><c>gpt2</c> or <c>neox</c>.</param>
    /// <param name="library"><c>new</c> for EAP-IG 2.0, <c>old</c> for the copy in the code of arXiv:2502.11812.</param>
    /// <param name="type">The element type of the model.</param>
    internal Oracle(string model, string library = "new", torch.ScalarType type = torch.ScalarType.Float64)
    {
        string folder = OracleFolder.File("models", model);
        _data = Read(Path.Combine(folder, "data.json"));
        _reference = Read(OracleFolder.File($"ref_{model}_{library}_float64.json"));
        Model = Checkpoint.Load(folder, type, torch.CPU);
    }

    internal Transformer Model { get; }

    internal ComputationGraph Graph => new(Model.Config);

    public void Dispose()
    {
        Model.Dispose();
        _data.Dispose();
        _reference.Dispose();
    }

    internal EncodedPairs Pairs(string set) =>
        EncodedPairs.Of(_data.RootElement.GetProperty(set).EnumerateArray().Select(Pair));

    internal JsonElement Run(string id) =>
        _reference
            .RootElement.GetProperty("runs")
            .EnumerateArray()
            .Single(run => run.GetProperty("id").GetString() == id);

    /// <summary>A run's scores by our edge index.</summary>
    internal double[] Scores(string id)
    {
        JsonElement scores = Run(id).GetProperty("scores");
        return [.. Graph.Edges.Select(edge => scores.GetProperty(edge.Name).GetDouble())];
    }

    internal IEnumerable<OracleSelection> Selections(string id) =>
        Run(id).GetProperty("selections").EnumerateArray().Select(selection => new OracleSelection(Graph, selection));

    /// <summary>The whole model's logit differences by pair.</summary>
    /// <param name="set">The pairs.</param>
    /// <param name="side"><c>clean</c> or <c>corrupted</c>.</param>
    internal double[] Baseline(string set, string side) =>
        [
            .. _reference
                .RootElement.GetProperty("baselines")
                .GetProperty(set)
                .GetProperty(side)
                .GetProperty("logit_diff")
                .EnumerateArray()
                .Select(value => value.GetDouble()),
        ];

    private static EncodedPair Pair(JsonElement row)
    {
        int[] label = [.. Ids(row, "label")];
        return new EncodedPair(
            [.. Ids(row, "clean").TakeWhile(id => id != Pad)],
            [.. Ids(row, "corrupted").TakeWhile(id => id != Pad)],
            label[0],
            label[1]
        );
    }

    private static IEnumerable<int> Ids(JsonElement row, string key) =>
        row.GetProperty(key).EnumerateArray().Select(id => id.GetInt32());

    private static JsonDocument Read(string path) => JsonDocument.Parse(File.ReadAllText(path));
}
