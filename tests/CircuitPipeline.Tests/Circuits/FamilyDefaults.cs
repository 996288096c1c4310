using CircuitPipeline.Circuits.Config;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

/// <summary>What a file that names only its family means: the defaults of Hugging Face's classes.</summary>
public sealed class FamilyDefaults
{
    [Theory]
    [InlineData("gpt_neox", 44, 64, 64, 96, 6144, 24576, 50432, 2048)]
    [InlineData("gpt2", 12, 12, 12, 64, 768, 3072, 50257, 1024)]
    [InlineData("gpt_neo", 24, 16, 16, 128, 2048, 8192, 50257, 2048)]
    [InlineData("opt", 12, 12, 12, 64, 768, 3072, 50272, 2048)]
    [InlineData("llama", 32, 32, 32, 128, 4096, 11008, 32000, 2048)]
    [InlineData("mistral", 32, 32, 8, 128, 4096, 14336, 32000, 131072)]
    [InlineData("qwen2", 32, 32, 32, 128, 4096, 22016, 151936, 32768)]
    [InlineData("qwen3", 32, 32, 32, 128, 4096, 22016, 151936, 32768)]
    [InlineData("gemma2", 26, 8, 4, 256, 2304, 9216, 256000, 8192)]
    [InlineData("olmo2", 32, 32, 32, 128, 4096, 11008, 50304, 2048)]
    public void Give_each_family_these_sizes(
        string family,
        int layers,
        int heads,
        int keys,
        int head,
        int model,
        int mlp,
        int vocab,
        int context
    )
    {
        TransformerConfig config = Default(family);

        Assert.Equal((layers, heads, keys, head), (config.NLayers, config.NHeads, config.KeyValueHeads, config.DHead));
        Assert.Equal((model, mlp, vocab, context), (config.DModel, config.DMlp, config.DVocab, config.NCtx));
    }

    [Theory]
    [InlineData("gpt_neox", 1e-5, Activation.Gelu, false, true, true, true)]
    [InlineData("gpt2", 1e-5, Activation.GeluTanh, true, true, true, true)]
    [InlineData("gpt_neo", 1e-5, Activation.GeluTanh, true, false, true, true)]
    [InlineData("opt", 1e-5, Activation.Relu, true, true, true, true)]
    [InlineData("llama", 1e-6, Activation.Silu, false, false, false, false)]
    [InlineData("mistral", 1e-6, Activation.Silu, false, false, false, false)]
    [InlineData("qwen2", 1e-6, Activation.Silu, false, true, false, false)]
    [InlineData("qwen3", 1e-6, Activation.Silu, false, false, false, false)]
    [InlineData("gemma2", 1e-6, Activation.GeluTanh, true, false, false, false)]
    [InlineData("olmo2", 1e-5, Activation.Silu, false, false, false, false)]
    public void Give_each_family_these_parts(
        string family,
        double eps,
        Activation activation,
        bool tied,
        bool queries,
        bool output,
        bool mlp
    )
    {
        TransformerConfig config = Default(family);

        Assert.Equal((eps, activation, tied), (config.NormEps, config.Activation, config.TiedEmbeddings));
        Assert.Equal((queries, output, mlp), (config.QueryKeyValueBias, config.AttentionOutputBias, config.MlpBias));
        Assert.Equal(family == "gpt_neox", config.ParallelBlocks);
        Assert.Equal(family is "gpt2" or "gpt_neo" or "opt", config.HasLearnedPositions);
        Assert.Equal(10_000, config.RotaryBase);
        Assert.Null(config.RotaryScaling);
    }

    [Fact]
    public void Give_gemma_its_caps_and_scale_and_gpt_neo_none()
    {
        TransformerConfig gemma = Default("gemma2");

        Assert.Equal((16.0, 50.0, 30.0), (gemma.AttentionDivisor, gemma.AttentionSoftCap, gemma.LogitSoftCap));
        Assert.Equal(1, Default("gpt_neo").AttentionDivisor);
        Assert.Null(Default("llama").AttentionDivisor);
    }

    private static TransformerConfig Default(string family) => ConfigText.Parse($$"""{"model_type":"{{family}}"}""");
}
