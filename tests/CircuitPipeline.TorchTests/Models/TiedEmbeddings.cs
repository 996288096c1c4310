using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Models;

public sealed class TiedEmbeddings
{
    [Theory]
    [InlineData(Architecture.GptNeoX)]
    [InlineData(Architecture.Gpt2)]
    public void Give_the_logits_of_an_untied_model_with_equal_matrices(Architecture family)
    {
        using DisposeScope scope = NewDisposeScope();
        TransformerConfig config = family == Architecture.Gpt2 ? TinyModel.Gpt2Config() : TinyModel.Config();
        using Transformer tied = TinyModel.Create(config with { TiedEmbeddings = true });
        using Transformer untied = TinyModel.Create(config with { TiedEmbeddings = false });
        Dictionary<string, Tensor> weights = tied.state_dict();
        string unembedding = untied.state_dict().Keys.Except(weights.Keys).Single();
        string embedding = weights.Keys.Single(name => name.EndsWith("embed_in.weight") || name.EndsWith("wte.weight"));

        untied.load_state_dict(new(weights) { [unembedding] = weights[embedding] });

        Tensor tokens = TinyModel.Tokens(1, 2, 3);
        Assert.True(tied.forward(tokens).Equals(untied.forward(tokens)));
        Assert.Equal(untied.ParameterCount - TinyModel.DVocab * 8, tied.ParameterCount);
    }
}
