using CircuitPipeline.Models;
using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using Xunit;

namespace CircuitPipeline.TorchTests.Models;

public sealed class NewModels
{
    [Fact]
    public void Of_one_seed_have_equal_weights()
    {
        using Transformer first = TinyModel.Create(seed: 5);
        using Transformer second = TinyModel.Create(seed: 5);
        using Transformer other = TinyModel.Create(seed: 6);

        Assert.All(first.parameters().Zip(second.parameters()), pair => Assert.True(pair.First.Equals(pair.Second)));
        Assert.False(first.parameters().First().Equals(other.parameters().First()));
    }

    [Fact]
    public void Outlive_the_dispose_scope_that_they_were_made_in()
    {
        Transformer model;
        using (torch.NewDisposeScope())
        {
            model = TinyModel.Create();
        }

        using (model)
        {
            Assert.Equal(28, model.named_parameters().Count());
            Assert.All(model.named_parameters(), named => Assert.False(named.parameter.IsInvalid, named.name));
        }
    }

    [Fact]
    public void Have_the_names_and_shapes_of_hugging_face()
    {
        using Transformer model = TinyModel.Create(layers: 1);

        string[] parameters =
        [
            .. model.named_parameters().Select(p => $"{p.name} {p.parameter.ShapeText}").Order(StringComparer.Ordinal),
        ];

        Assert.Equal(
            [
                "embed_out.weight [11, 8]",
                "gpt_neox.embed_in.weight [11, 8]",
                "gpt_neox.final_layer_norm.bias [8]",
                "gpt_neox.final_layer_norm.weight [8]",
                "gpt_neox.layers.0.attention.dense.bias [8]",
                "gpt_neox.layers.0.attention.dense.weight [8, 8]",
                "gpt_neox.layers.0.attention.query_key_value.bias [24]",
                "gpt_neox.layers.0.attention.query_key_value.weight [24, 8]",
                "gpt_neox.layers.0.input_layernorm.bias [8]",
                "gpt_neox.layers.0.input_layernorm.weight [8]",
                "gpt_neox.layers.0.mlp.dense_4h_to_h.bias [8]",
                "gpt_neox.layers.0.mlp.dense_4h_to_h.weight [8, 16]",
                "gpt_neox.layers.0.mlp.dense_h_to_4h.bias [16]",
                "gpt_neox.layers.0.mlp.dense_h_to_4h.weight [16, 8]",
                "gpt_neox.layers.0.post_attention_layernorm.bias [8]",
                "gpt_neox.layers.0.post_attention_layernorm.weight [8]",
            ],
            parameters
        );
    }

    [Fact]
    public void Draw_matrices_normal_and_start_biases_at_zero_and_norms_at_one()
    {
        using torch.Generator random = new(1);
        using Transformer model = TransformerFactory.Create(
            TinyModel.Config() with
            {
                DMlp = 4096,
                InitializerRange = 0.02,
            },
            random
        );

        torch.Tensor weight = model.get_parameter("gpt_neox.layers.0.mlp.dense_h_to_4h.weight")!;

        Assert.Equal(0.02, weight.std().item<float>(), 3e-4);
        Assert.Equal(0, weight.mean().item<float>(), 3e-4);
        Assert.Equal(0, model.get_parameter("gpt_neox.layers.0.mlp.dense_h_to_4h.bias")!.abs().sum().item<float>());
        Assert.Equal(8, model.get_parameter("gpt_neox.final_layer_norm.weight")!.sum().item<float>());
    }

    [Fact]
    public void Of_gpt2_have_the_names_of_hugging_face_and_maps_turned_to_out_by_in()
    {
        using Transformer model = TinyModel.Create(TinyModel.Gpt2Config(layers: 1));

        string[] parameters =
        [
            .. model.named_parameters().Select(p => $"{p.name} {p.parameter.ShapeText}").Order(StringComparer.Ordinal),
        ];

        Assert.Equal(
            [
                "transformer.h.0.attn.c_attn.bias [24]",
                "transformer.h.0.attn.c_attn.weight [24, 8]",
                "transformer.h.0.attn.c_proj.bias [8]",
                "transformer.h.0.attn.c_proj.weight [8, 8]",
                "transformer.h.0.ln_1.bias [8]",
                "transformer.h.0.ln_1.weight [8]",
                "transformer.h.0.ln_2.bias [8]",
                "transformer.h.0.ln_2.weight [8]",
                "transformer.h.0.mlp.c_fc.bias [16]",
                "transformer.h.0.mlp.c_fc.weight [16, 8]",
                "transformer.h.0.mlp.c_proj.bias [8]",
                "transformer.h.0.mlp.c_proj.weight [8, 16]",
                "transformer.ln_f.bias [8]",
                "transformer.ln_f.weight [8]",
                "transformer.wpe.weight [12, 8]",
                "transformer.wte.weight [11, 8]",
            ],
            parameters
        );
    }

    [Fact]
    public void Of_gpt2_write_to_the_residual_stream_with_narrower_weights()
    {
        using torch.Generator random = new(1);
        using Transformer model = TransformerFactory.Create(
            TinyModel.Gpt2Config(layers: 8) with
            {
                DMlp = 4096,
                InitializerRange = 0.02,
            },
            random
        );

        Assert.Equal(0.02, Deviation("transformer.h.0.mlp.c_fc.weight"), 3e-4);
        Assert.Equal(0.02 / 4, Deviation("transformer.h.7.mlp.c_proj.weight"), 1e-4);

        float Deviation(string name) => model.get_parameter(name)!.std().item<float>();
    }
}
