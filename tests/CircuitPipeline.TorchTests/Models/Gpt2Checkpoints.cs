using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Models;

public sealed class Gpt2Checkpoints : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Transformer _model = FilledModel.Create(TinyModel.Gpt2Config());

    public Gpt2Checkpoints() => Checkpoint.Save(_model, Weights, _folder.File(Checkpoint.ConfigFile));

    private string Weights => _folder.File(Checkpoint.WeightsFile);

    public void Dispose()
    {
        _scope.Dispose();
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Give_back_the_same_model() => MustLoad();

    [Fact]
    public void Keep_their_maps_as_in_by_out()
    {
        Dictionary<string, long[]> shapes = Safetensors.Entries(Weights).ToDictionary(e => e.Name, e => e.Shape);

        Assert.Equal([8, 24], shapes["transformer.h.0.attn.c_attn.weight"]);
        Assert.Equal([16, 8], shapes["transformer.h.1.mlp.c_proj.weight"]);
        Assert.DoesNotContain("lm_head.weight", shapes.Keys);
    }

    [Fact]
    public void May_leave_out_the_name_of_the_body_and_hold_masks()
    {
        Change(stored =>
            stored
                .Select(pair => (Key: pair.Key.Replace("transformer.", "", StringComparison.Ordinal), pair.Value))
                .Append(("h.0.attn.bias", ones(1, 1, 12, 12)))
                .Append(("h.0.attn.masked_bias", ones(1)))
                .ToDictionary(pair => pair.Item1, pair => pair.Item2)
        );

        MustLoad();
    }

    [Fact]
    public void May_repeat_the_embedding_as_the_unembedding()
    {
        Change(stored => new(stored) { ["lm_head.weight"] = stored["transformer.wte.weight"] });

        MustLoad();
    }

    [Fact]
    public void May_name_the_tied_matrix_as_the_unembedding_alone()
    {
        Change(stored =>
            stored.ToDictionary(
                pair => pair.Key == "transformer.wte.weight" ? "lm_head.weight" : pair.Key,
                pair => pair.Value
            )
        );

        MustLoad();
    }

    [Fact]
    public void With_the_tied_matrix_of_another_shape_under_the_unembeddings_name_are_refused()
    {
        Change(stored =>
            stored
                .Where(pair => pair.Key != "transformer.wte.weight")
                .Append(new("lm_head.weight", ones(3, 8, float64)))
                .ToDictionary()
        );

        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            Checkpoint.Load(_folder.Path, float64, CPU)
        );

        Assert.Contains("tensor 'lm_head.weight' has shape [3, 8], but the configuration asks for", error.Message);
    }

    [Fact]
    public void With_another_unembedding_than_the_tied_one_are_refused()
    {
        Change(stored => new(stored) { ["lm_head.weight"] = stored["transformer.wte.weight"] + 1 });

        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            Checkpoint.Load(_folder.Path, float64, CPU)
        );

        Assert.Contains("tensor 'lm_head.weight' differs from 'transformer.wte.weight'", error.Message);
    }

    [Fact]
    public void With_a_map_as_out_by_in_are_refused_in_the_files_own_shape()
    {
        Change(stored => new(stored) { ["transformer.h.0.mlp.c_fc.weight"] = ones(16, 8, float64) });

        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            Checkpoint.Load(_folder.Path, float64, CPU)
        );

        Assert.EndsWith("has shape [16, 8], but the configuration asks for [8, 16].", error.Message);
    }

    private void MustLoad()
    {
        using Transformer read = Checkpoint.Load(_folder.Path, float64, CPU);

        Tensor tokens = TinyModel.Tokens(1, 2, 3);
        Assert.Equal(_model.Config, read.Config);
        Assert.True(_model.forward(tokens).Equals(read.forward(tokens)));
    }

    private void Change(Func<Dictionary<string, Tensor>, Dictionary<string, Tensor>> change)
    {
        Dictionary<string, Tensor> stored = [];
        Safetensors.Read(Weights, (name, tensor) => stored.Add(name, tensor.MoveToOuterDisposeScope()));
        Safetensors.Write(Weights, change(stored));
    }
}
