using System.Text.Json;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Testing;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Models;

public sealed class ShardedCheckpoints : IDisposable
{
    private static readonly string[] Shards = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"];
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Transformer _model = TinyModel.Create(TinyModel.Config() with { TiedEmbeddings = true });

    public ShardedCheckpoints()
    {
        string whole = _folder.File(Checkpoint.WeightsFile);
        Checkpoint.Save(_model, whole, _folder.File(Checkpoint.ConfigFile));
        File.Delete(whole);
        Dictionary<string, string> map = [];
        foreach ((int index, KeyValuePair<string, Tensor>[]? parts) in _model.state_dict().Chunk(14).Index())
        {
            Safetensors.Write(_folder.File(Shards[index]), parts.ToDictionary());
            foreach (string name in parts.Select(part => part.Key))
            {
                map[name] = Shards[index];
            }
        }

        WriteIndex(map);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Give_the_same_model()
    {
        using Transformer read = Checkpoint.Load(_folder.Path, float64, CPU);

        Tensor tokens = TinyModel.Tokens(1, 2, 3);
        Assert.True(_model.forward(tokens).Equals(read.forward(tokens)));
    }

    [Fact]
    public void Without_one_of_their_files_are_refused_by_its_name_and_the_indexs()
    {
        File.Delete(_folder.File(Shards[1]));

        Assert.Equal(
            $"{_folder.File("model.safetensors.index.json")}: the index lists 2 files, but 1 of them is not in the folder, the first is '{Shards[1]}'; download what is missing.",
            LoadError().Message
        );
    }

    [Theory]
    [InlineData("../model.safetensors")]
    [InlineData("..")]
    [InlineData("")]
    public void Cannot_lead_out_of_their_folder(string file)
    {
        WriteIndex(new() { ["embed_out.weight"] = file });

        Assert.EndsWith("only the name of a file in the same folder is allowed.", LoadError().Message);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"weight_map\": 3}")]
    [InlineData("{\"weight_map\": {\"a\": 1}}")]
    [InlineData("{")]
    [InlineData("{\"weight_map\": {}}")]
    [InlineData("{\"weight_map\": {\"a\": \"b\", \"a\": \"c\"}}")]
    public void With_a_damaged_index_are_refused(string json)
    {
        File.WriteAllText(_folder.File("model.safetensors.index.json"), json);

        Assert.Contains("'weight_map'", LoadError().Message);
    }

    [Fact]
    public void With_an_index_damaged_in_500_ways_are_read_or_refused_in_one_sentence()
    {
        string index = _folder.File("model.safetensors.index.json");

        Hostile.Refuses<InvalidDataException>(
            File.ReadAllBytes(index),
            seed: 5,
            damaged =>
            {
                File.WriteAllBytes(index, damaged);
                Checkpoint.Load(_folder.Path, float64, CPU).Dispose();
            }
        );
    }

    private void WriteIndex(Dictionary<string, string> map) =>
        File.WriteAllText(
            _folder.File("model.safetensors.index.json"),
            JsonSerializer.Serialize(new Dictionary<string, object> { ["weight_map"] = map })
        );

    private InvalidDataException LoadError() =>
        Assert.Throws<InvalidDataException>(() => Checkpoint.Load(_folder.Path, float64, CPU));
}
