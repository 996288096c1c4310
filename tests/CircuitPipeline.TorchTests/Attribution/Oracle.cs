using System.Text.Json;
using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits;
using CircuitPipeline.Models;
using CircuitPipeline.Testing;
using TorchSharp;

namespace CircuitPipeline.TorchTests.Attribution;

/// <summary>The reference library's runs on its small GPT-NeoX model (design: reference/oracle/README.md).</summary>
internal sealed class Oracle : IDisposable
{
    private const int Pad = 63;
    private static readonly string Folder = ReferenceFolder.File("oracle", "models", "neox");
    private readonly JsonDocument _data = Read(Path.Combine(Folder, "data.json"));
    private readonly JsonDocument _reference = Read(ReferenceFolder.File("oracle", "ref_neox_new_float64.json"));

    internal Transformer Model { get; } = Checkpoint.Load(Folder, torch.float64, torch.CPU);

    internal ComputationGraph Graph => new(Model.Config);

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

    /// <summary>The absolute top-n selections of a run with the values of their circuits.</summary>
    internal IEnumerable<(Circuit Circuit, double[] Values)> TopN(string id) =>
        from selection in Run(id).GetProperty("selections").EnumerateArray()
        where selection.GetProperty("kind").GetString() == "topn" && selection.GetProperty("absolute").GetBoolean()
        let names = selection.GetProperty("before_prune").GetProperty("edges").EnumerateArray()
        let edges = names.Select(name => Graph.EdgeIndex(Edge.Parse(name.GetString()!))!.Value)
        let values = selection.GetProperty("eval").GetProperty("logit_diff").EnumerateArray()
        select (
            new Circuit(Graph, edges, new SelectionOrigin("top-n", selection.GetProperty("n").GetInt32(), false)),
            values.Select(value => value.GetDouble()).ToArray()
        );

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

    public void Dispose()
    {
        Model.Dispose();
        _data.Dispose();
        _reference.Dispose();
    }

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
