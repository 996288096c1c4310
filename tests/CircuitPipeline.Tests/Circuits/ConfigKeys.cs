using CircuitPipeline.Circuits.Config;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

/// <summary>Keys that are missing, null or not known, and those that say which layers are local.</summary>
public sealed class ConfigKeys
{
    public static TheoryData<string> Families => [.. HuggingFaceConfig.Families];

    [Theory]
    [InlineData("mistral", 8)]
    [InlineData("llama", 32)]
    [InlineData("gemma2", 4)]
    public void Without_a_value_mean_the_classs_number_of_keys_and_null_means_one_for_each_head(
        string family,
        int missing
    )
    {
        Assert.Equal(missing, ConfigText.Of(family, "\"use_cache\":true").KeyValueHeads);
        Assert.Equal(family == "gemma2" ? 8 : 32, ConfigText.Of(family, "\"num_key_value_heads\":null").KeyValueHeads);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void That_are_not_known_are_refused_and_passed_over_on_demand(string family)
    {
        Assert.Equal(
            $"the key 'new_scale' is not known for the family '{family}' and may change what the model computes; remove what does not, or name it in '--ignore-key'.",
            ConfigText.Refusal(family, "\"new_scale\":2")
        );
        Assert.StartsWith(
            "the key 'new_scale' and 1 more are not known",
            ConfigText.Refusal(family, "\"new_scale\":2,\"newer_scale\":3")
        );
        Assert.Equal(
            ConfigText.Of(family, "\"use_cache\":false"),
            ConfigText.Of(family, "\"new_scale\":2,\"newer_scale\":3", "new_scale", "newer_scale")
        );
    }

    [Theory]
    [InlineData("mistral", "\"sliding_window\":null", null, 0)]
    [InlineData("mistral", "\"use_cache\":true", 4096, 32)]
    [InlineData("mistral", "\"sliding_window\":7", 7, 32)]
    [InlineData("qwen2", "\"sliding_window\":7", null, 0)]
    [InlineData("qwen2", "\"sliding_window\":7,\"use_sliding_window\":true", 7, 4)]
    [InlineData("qwen3", "\"sliding_window\":7,\"use_sliding_window\":true,\"max_window_layers\":30", 7, 2)]
    [InlineData("gemma2", "\"sliding_window\":7", 7, 13)]
    [InlineData(
        "gemma2",
        "\"num_hidden_layers\":3,\"layer_types\":[\"full_attention\",\"sliding_attention\",\"sliding_attention\"]",
        4096,
        2
    )]
    [InlineData("llama", "\"sliding_window\":null", null, 0)]
    public void Say_which_layers_are_local(string family, string keys, int? width, int layers)
    {
        SlidingWindow? window = ConfigText.Of(family, keys).Window;

        Assert.Equal((width, layers), (window?.Width, window?.IsLocal.Count(local => local) ?? 0));
    }

    [Theory]
    [InlineData(
        "llama",
        "\"sliding_window\":7",
        "'sliding_window' is '7', but models of the family 'llama' have no window; set it to null, or 'model_type' to a family with one, such as 'mistral'."
    )]
    [InlineData(
        "gemma2",
        "\"layer_types\":[\"full_attention\"]",
        "'layer_types' names '1' layers, but the model has '26'."
    )]
    [InlineData(
        "qwen3",
        "\"num_hidden_layers\":1,\"layer_types\":[\"chunked\"]",
        "'layer_types' has 'chunked', but 'full_attention' and 'sliding_attention' are allowed."
    )]
    [InlineData(
        "gpt_neo",
        "\"attention_types\":[[[\"global\"],3]]",
        "'attention_types' names '3' layers, but the model has '24'."
    )]
    [InlineData("qwen2", "\"use_mrope\":true", "'use_mrope' is 'true', but only 'false' can be computed.")]
    [InlineData(
        "llama",
        "\"num_key_value_heads\":5",
        "there are '32' heads, but their number must be a multiple of the '5' key and value heads."
    )]
    public void That_contradict_are_refused(string family, string keys, string sentence) =>
        Assert.Equal(sentence, ConfigText.Refusal(family, keys));

    [Theory]
    [InlineData("llama")]
    [InlineData("qwen3")]
    [InlineData("gemma2")]
    [InlineData("olmo2")]
    public void Of_biases_cover_the_output_too(string family)
    {
        TransformerConfig config = ConfigText.Of(family, "\"attention_bias\":true");

        Assert.Equal((true, true, false), (config.QueryKeyValueBias, config.AttentionOutputBias, config.MlpBias));
        Assert.Equal(family == "llama", ConfigText.Of(family, "\"mlp_bias\":true", "mlp_bias").MlpBias);
    }
}
