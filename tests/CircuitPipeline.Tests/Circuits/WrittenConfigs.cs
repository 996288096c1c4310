using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

/// <summary>Files that are written, of small models with every optional part of their family.</summary>
public sealed class WrittenConfigs
{
    private const string Sizes =
        "\"num_hidden_layers\":4,\"hidden_size\":64,\"num_attention_heads\":4,\"initializer_range\":0.1,\"eos_token_id\":5,\"vocab_size\":270";
    private const string Rope =
        "\"rope_theta\":500000,\"partial_rotary_factor\":0.5,\"rope_scaling\":{\"rope_type\":\"llama3\",\"factor\":8,\"low_freq_factor\":1.5,\"high_freq_factor\":4,\"original_max_position_embeddings\":33}";
    private const string Shared =
        Sizes
        + ","
        + Rope
        + ",\"num_key_value_heads\":2,\"head_dim\":24,\"rms_norm_eps\":1.0000001e-6,\"intermediate_size\":250";
    private const string Types =
        "\"layer_types\":[\"full_attention\",\"sliding_attention\",\"sliding_attention\",\"full_attention\"],\"sliding_window\":7";

    public static TheoryData<string, string> Models =>
        new()
        {
            {
                "gpt_neox",
                Sizes
                    + ",\"attention_bias\":false,\"use_parallel_residual\":false,\"tie_word_embeddings\":true,\"hidden_act\":\"relu\""
            },
            { "gpt_neox", Sizes + ",\"rope_scaling\":{\"type\":\"linear\",\"factor\":2.5},\"rotary_pct\":0.5" },
            {
                "gpt2",
                "\"n_layer\":4,\"n_embd\":64,\"n_head\":4,\"n_inner\":250,\"tie_word_embeddings\":false,\"activation_function\":\"gelu\""
            },
            {
                "gpt_neo",
                "\"num_layers\":4,\"hidden_size\":64,\"num_heads\":4,\"attention_types\":[[[\"local\",\"global\",\"global\",\"local\"],1]],\"window_size\":7"
            },
            { "gpt_neo", "\"num_layers\":4,\"hidden_size\":64,\"num_heads\":4,\"attention_types\":[[[\"global\"],4]]" },
            {
                "opt",
                "\"num_hidden_layers\":4,\"hidden_size\":60,\"ffn_dim\":250,\"enable_bias\":false,\"tie_word_embeddings\":false,\"init_std\":0.1"
            },
            { "llama", Shared + ",\"attention_bias\":true,\"mlp_bias\":true,\"tie_word_embeddings\":true" },
            { "llama", Sizes + ",\"rope_scaling\":{\"type\":\"linear\",\"factor\":2.5}" },
            { "mistral", Shared + "," + Types },
            { "mistral", Shared + ",\"sliding_window\":null" },
            { "qwen2", Shared + ",\"use_sliding_window\":true," + Types },
            { "qwen3", Shared + ",\"use_sliding_window\":true,\"attention_bias\":true," + Types },
            {
                "gemma2",
                Shared
                    + ",\"query_pre_attn_scalar\":200,\"attn_logit_softcapping\":40.5,\"attention_bias\":true,"
                    + Types
            },
            {
                "gemma2",
                Shared
                    + ",\"attn_logit_softcapping\":null,\"final_logit_softcapping\":null,\"hidden_activation\":\"silu\",\"tie_word_embeddings\":false"
            },
            { "olmo2", Shared + ",\"attention_bias\":true" },
        };

    [Theory]
    [MemberData(nameof(Models))]
    public void Are_read_as_the_same_record_and_written_as_the_same_bytes(string family, string keys)
    {
        TransformerConfig config = ConfigText.Of(family, keys);

        byte[] bytes = HuggingFaceConfig.Write(config);
        TransformerConfig again = HuggingFaceConfig.Parse(bytes, "c.json");

        Assert.NotEqual(ConfigText.Parse($$"""{"model_type":"{{family}}"}"""), config);
        Assert.Equal(config, again);
        Assert.Equal(bytes, HuggingFaceConfig.Write(again));
        Assert.DoesNotContain((byte)'\r', bytes);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Damaged_five_hundred_times_are_read_or_refused_in_one_sentence(string family, string keys) =>
        Hostile.Refuses<InvalidDataException>(
            HuggingFaceConfig.Write(ConfigText.Of(family, keys)),
            seed: 7,
            damaged => Assert.Empty(HuggingFaceConfig.Parse(damaged, "c.json").Problems()),
            @"\Ac\.json: [^\r\n]+\.\z"
        );
}
