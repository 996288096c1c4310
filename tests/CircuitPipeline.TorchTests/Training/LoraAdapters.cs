using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Planning;
using CircuitPipeline.Training;
using CircuitPipeline.Training.Adapters;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Training;

public sealed class LoraAdapters : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly TemporaryFolder _folder = new();
    private readonly Generator _random = new(3);
    private readonly CircuitPipeline.Models.Transformer _model = TinyModel.Create();
    private readonly Tensor _tokens = TinyModel.Tokens(1, 2, 3, 4);

    public void Dispose()
    {
        _scope.Dispose();
        _model.Dispose();
        _random.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Change_nothing_before_they_are_trained()
    {
        Tensor before = _model.forward(_tokens);

        using LoraAdapter adapter = Attach(_ => 2);

        Assert.True(_model.forward(_tokens).Equals(before));
    }

    [Fact]
    public void Have_rank_times_in_and_out_parameters()
    {
        using LoraAdapter adapter = Attach(linear => linear.Layer == 0 ? 3 : 1);

        // in + out of the four maps: 8 + 24, 8 + 8, 8 + 16, 16 + 8.
        Assert.Equal((3 + 1) * (32 + 16 + 24 + 24), adapter.ParameterCount);
    }

    [Fact]
    public void At_rank_zero_are_not_there()
    {
        using LoraAdapter adapter = Attach(linear => linear.Name == "attention.dense" ? 1 : 0);

        Assert.Equal(2 * 16, adapter.ParameterCount);
    }

    [Fact]
    public void Add_the_scaled_product_to_the_weight()
    {
        using (LoraAdapter adapter = Attach(_ => 2))
        {
            Shake(adapter);
            Tensor adapted = _model.forward(_tokens);
            PeftFolder saved = Saved(adapter, _model);
            adapter.Dispose();
            Assert.False(_model.forward(_tokens).allclose(adapted, 1e-6, 1e-6));

            saved.MergeInto(_model);

            Assert.True(_model.forward(_tokens).allclose(adapted, 1e-10, 1e-10));
        }
    }

    [Fact]
    public void Leave_the_model_as_it_was_when_they_are_detached()
    {
        Tensor before = _model.forward(_tokens);
        using (LoraAdapter adapter = Attach(_ => 2))
        {
            Shake(adapter);
        }

        Assert.True(_model.forward(_tokens).Equals(before));
    }

    [Fact]
    public void Are_saved_under_the_names_of_peft()
    {
        using LoraAdapter adapter = Attach(linear => linear is { Layer: 1, Name: "mlp.dense_h_to_4h" } ? 3 : 0);
        adapter.Save(_folder.File("adapter"));

        Assert.Equal(
            [
                "base_model.model.gpt_neox.layers.1.mlp.dense_h_to_4h.lora_A.weight 3x8",
                "base_model.model.gpt_neox.layers.1.mlp.dense_h_to_4h.lora_B.weight 16x3",
            ],
            Safetensors
                .Entries(_folder.File("adapter"))
                .Select(entry => $"{entry.Name} {string.Join('x', entry.Shape)}")
        );
    }

    [Fact]
    public void Attach_to_gpt2_and_merge_into_it()
    {
        using CircuitPipeline.Models.Transformer gpt2 = FilledModel.Create(TinyModel.Gpt2Config());
        using LoraAdapter adapter = LoraAdapter.Attach(gpt2, _ => 2, 2, _random);
        Shake(adapter);
        Tensor adapted = gpt2.forward(_tokens);
        PeftFolder saved = Saved(adapter, gpt2);
        adapter.Dispose();

        saved.MergeInto(gpt2);

        Assert.True(gpt2.forward(_tokens).allclose(adapted, 1e-10, 1e-10));
        Assert.Contains(
            "base_model.model.transformer.h.0.attn.c_attn.lora_A.weight 2x8",
            Safetensors.Entries(_folder.File("adapter")).Select(e => $"{e.Name} {string.Join('x', e.Shape)}")
        );
    }

    private LoraAdapter Attach(Func<ModelLinear, int> rankOf) => LoraAdapter.Attach(_model, rankOf, 2, _random);

    // With the ranks and the factor that it was attached with.
    private PeftFolder Saved(LoraAdapter adapter, CircuitPipeline.Models.Transformer model)
    {
        adapter.Save(_folder.File("adapter"));
        File.WriteAllBytes(
            _folder.File("config"),
            PeftConfig.Write(new RankPlanner(model.Config, 2).Uniform(2), model.Config, "base")
        );
        return PeftFolder.Open(_folder.File("config"), _folder.File("adapter"));
    }

    private void Shake(LoraAdapter adapter)
    {
        using IDisposable frozen = no_grad();
        foreach (Tensor parameter in adapter.Parameters)
        {
            parameter.normal_(0, 0.3, _random);
        }
    }
}
