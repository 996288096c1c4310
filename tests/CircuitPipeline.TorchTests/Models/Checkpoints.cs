using System.Text.Json.Nodes;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Testing;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Models;

public sealed class Checkpoints : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Transformer _model = TinyModel.Create();

    public Checkpoints() => Checkpoint.Save(_model, Weights, _folder.File(Checkpoint.ConfigFile));

    private string Weights => _folder.File(Checkpoint.WeightsFile);

    public void Dispose()
    {
        _scope.Dispose();
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Give_back_the_same_model()
    {
        using Transformer read = Checkpoint.Load(_folder.Path, float64, CPU);

        Tensor tokens = TinyModel.Tokens(1, 2, 3);
        Assert.True(_model.forward(tokens).Equals(read.forward(tokens)));
        Assert.Equal(_model.Config, read.Config);
    }

    [Theory]
    [InlineData(ScalarType.Float64, 0)]
    [InlineData(ScalarType.Float32, 1e-4)]
    [InlineData(ScalarType.Float16, 3e-2)]
    [InlineData(ScalarType.BFloat16, 2e-1)]
    public void Stored_in_fewer_bits_compute_in_the_type_asked_for(ScalarType stored, double tolerance)
    {
        Change(tensors => tensors.ToDictionary(pair => pair.Key, pair => pair.Value.to(stored)));

        using Transformer read = Checkpoint.Load(_folder.Path, float64, CPU);

        Tensor tokens = TinyModel.Tokens(1, 2, 3);
        Assert.Equal(float64, read.Dtype);
        Assert.True(_model.forward(tokens).allclose(read.forward(tokens), tolerance, tolerance));
    }

    [Fact]
    public void Without_a_tensor_are_refused_by_its_name()
    {
        Change(tensors => tensors.Where(p => p.Key != "embed_out.weight").ToDictionary());

        Assert.EndsWith("tensor 'embed_out.weight' of the configuration is missing.", LoadError().Message);
    }

    [Fact]
    public void With_an_unknown_tensor_are_refused_by_its_name()
    {
        Change(tensors => tensors.Append(new("gpt_neox.layers.2.mlp.bias", ones(2))).ToDictionary());

        Assert.Contains("tensor 'gpt_neox.layers.2.mlp.bias' has no place", LoadError().Message);
    }

    [Fact]
    public void With_a_tensor_of_another_shape_are_refused()
    {
        Change(tensors => tensors.ToDictionary(p => p.Key, p => p.Key == "embed_out.weight" ? ones(3, 8) : p.Value));

        Assert.Contains("has shape [3, 8], but the configuration asks for [11, 8]", LoadError().Message);
    }

    [Fact]
    public void Of_whole_numbers_are_refused()
    {
        Change(tensors =>
            tensors.ToDictionary(p => p.Key, p => p.Key == "embed_out.weight" ? p.Value.to(int64) : p.Value)
        );

        Assert.EndsWith("is stored as I64, but weights are F64, F32, F16 or BF16.", LoadError().Message);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Are_computed_in_the_type_asked_for(ScalarType dtype)
    {
        using Transformer read = Checkpoint.Load(_folder.Path, dtype, CPU);

        Tensor logits = read.forward(TinyModel.Tokens(1, 2, 3));

        Assert.Equal((dtype, dtype), (read.Dtype, logits.dtype));
        Assert.All(read.parameters(), parameter => Assert.Equal(dtype, parameter.dtype));
    }

    [Fact]
    public void Of_the_body_alone_may_leave_out_its_name()
    {
        Change(tensors =>
            tensors.ToDictionary(p => p.Key.Replace("gpt_neox.", "", StringComparison.Ordinal), p => p.Value)
        );

        using Transformer read = Checkpoint.Load(_folder.Path, float64, CPU);

        Assert.True(_model.forward(TinyModel.Tokens(1, 2)).Equals(read.forward(TinyModel.Tokens(1, 2))));
    }

    [Fact]
    public void With_one_parameter_under_two_names_are_refused()
    {
        Change(tensors =>
            tensors.Append(new("embed_in.weight", _model.get_parameter("gpt_neox.embed_in.weight")!)).ToDictionary()
        );

        Assert.EndsWith("comes twice, but a parameter has one value.", LoadError().Message);
    }

    [Theory]
    [InlineData("gpt_neox.layers.0.attention.masked_bias")]
    [InlineData("gpt_neox.layers.0.attention.rotary_emb.inv_freq")]
    [InlineData("gpt_neox.layers.0.attention.rotary_emb.cos_cached")]
    [InlineData("gpt_neox.layers.1.attention.rotary_emb.sin_cached")]
    [InlineData("gpt_neox.rotary_emb.inv_freq")]
    [InlineData("rotary_emb.inv_freq")]
    public void May_hold_the_buffers_that_older_versions_saved(string buffer)
    {
        Change(tensors => tensors.Append(new(buffer, ones(1, 1, 12, 2))).ToDictionary());

        using Transformer read = Checkpoint.Load(_folder.Path, float64, CPU);

        Tensor tokens = TinyModel.Tokens(1, 2, 3);
        Assert.Equal(_model.ParameterCount, read.ParameterCount);
        Assert.True(_model.forward(tokens).Equals(read.forward(tokens)));
    }

    [Fact]
    public void Without_weights_are_refused()
    {
        File.Delete(Weights);

        Assert.EndsWith("there is no such file; a model folder holds a 'model.safetensors'.", LoadError().Message);
    }

    [Theory]
    [InlineData("vocab_size", 16_777_216)]
    [InlineData("hidden_size", 1_048_576)]
    [InlineData("intermediate_size", 16_777_216)]
    public void Of_a_configuration_that_asks_for_the_whole_memory_are_refused_before_it_is_taken(
        string key,
        int enormous
    )
    {
        string config = File.ReadAllText(_folder.File(Checkpoint.ConfigFile));
        JsonObject changed = JsonNode.Parse(config)!.AsObject();
        changed[key] = enormous;
        File.WriteAllText(_folder.File(Checkpoint.ConfigFile), changed.ToJsonString());

        string message = Hostile.Refusal<InvalidDataException>(
            bytes: 1 << 16,
            () => Checkpoint.Load(_folder.Path, float64, CPU).Dispose()
        );

        Assert.Contains("values, but the configuration asks for at least ", message);
    }

    [Fact]
    public void With_weights_damaged_in_500_ways_are_read_or_refused_in_one_sentence() =>
        Hostile.Refuses<InvalidDataException>(
            File.ReadAllBytes(Weights),
            seed: 3,
            damaged =>
            {
                File.WriteAllBytes(Weights, damaged);
                Checkpoint.Load(_folder.Path, float64, CPU).Dispose();
            }
        );

    [Fact]
    public void With_a_configuration_damaged_in_500_ways_are_read_or_refused_in_one_sentence()
    {
        string path = _folder.File(Checkpoint.ConfigFile);

        Hostile.Refuses<Exception>(
            File.ReadAllBytes(path),
            seed: 4,
            damaged =>
            {
                File.WriteAllBytes(path, damaged);
                Exception? error = Record.Exception(() => Checkpoint.Load(_folder.Path, float64, CPU).Dispose());
                Assert.True(error is null or InvalidDataException or InvalidDataException, $"{error}");
                if (error is not null)
                {
                    throw error;
                }
            }
        );
    }

    private InvalidDataException LoadError() =>
        Assert.Throws<InvalidDataException>(() => Checkpoint.Load(_folder.Path, float64, CPU));

    private void Change(Func<Dictionary<string, Tensor>, Dictionary<string, Tensor>> change) =>
        Safetensors.Write(Weights, change(_model.state_dict()));
}
