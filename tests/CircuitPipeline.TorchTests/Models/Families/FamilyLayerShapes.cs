namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>The tensors of one layer: names behind <c>layers.N.</c> and shapes.</summary>
internal static class FamilyLayerShapes
{
    internal static IEnumerable<(string Name, int[] Shape)> Of(PlainConfig config) =>
        config.Family switch
        {
            "gpt_neox" => GptNeoX(config),
            "gpt2" => Gpt2(config),
            "gpt_neo" => GptNeo(config),
            "opt" => Opt(config),
            _ => Llama(config),
        };

    internal static IEnumerable<(string Name, int[] Shape)> Norm(PlainConfig config, string name, int? width = null)
    {
        yield return ($"{name}.weight", [width ?? config.Hidden]);
        if (config.Family is "gpt_neox" or "gpt2" or "gpt_neo" or "opt")
        {
            yield return ($"{name}.bias", [width ?? config.Hidden]);
        }
    }

    private static IEnumerable<(string Name, int[] Shape)> GptNeoX(PlainConfig config) =>
        [
            .. Norm(config, "input_layernorm"),
            .. Norm(config, "post_attention_layernorm"),
            .. Map("attention.query_key_value", 3 * config.Hidden, config.Hidden, config.QueryKeyValueBias),
            .. Map("attention.dense", config.Hidden, config.Hidden, config.AttentionOutputBias),
            .. Map("mlp.dense_h_to_4h", config.Inner, config.Hidden, config.MlpBias),
            .. Map("mlp.dense_4h_to_h", config.Hidden, config.Inner, config.MlpBias),
        ];

    private static IEnumerable<(string Name, int[] Shape)> Gpt2(PlainConfig config) =>
        [
            .. Norm(config, "ln_1"),
            .. Norm(config, "ln_2"),
            ("attn.c_attn.weight", [config.Hidden, 3 * config.Hidden]),
            ("attn.c_attn.bias", [3 * config.Hidden]),
            ("attn.c_proj.weight", [config.Hidden, config.Hidden]),
            ("attn.c_proj.bias", [config.Hidden]),
            ("mlp.c_fc.weight", [config.Hidden, config.Inner]),
            ("mlp.c_fc.bias", [config.Inner]),
            ("mlp.c_proj.weight", [config.Inner, config.Hidden]),
            ("mlp.c_proj.bias", [config.Hidden]),
        ];

    private static IEnumerable<(string Name, int[] Shape)> GptNeo(PlainConfig config) =>
        [
            .. Norm(config, "ln_1"),
            .. Norm(config, "ln_2"),
            .. QueryKeyValue(config, "attn.attention"),
            .. Map("attn.attention.out_proj", config.Hidden, config.Hidden, config.AttentionOutputBias),
            .. Map("mlp.c_fc", config.Inner, config.Hidden, config.MlpBias),
            .. Map("mlp.c_proj", config.Hidden, config.Inner, config.MlpBias),
        ];

    private static IEnumerable<(string Name, int[] Shape)> Opt(PlainConfig config) =>
        [
            .. Norm(config, "self_attn_layer_norm"),
            .. Norm(config, "final_layer_norm"),
            .. QueryKeyValue(config, "self_attn"),
            .. Map("self_attn.out_proj", config.Hidden, config.Hidden, config.AttentionOutputBias),
            .. Map("fc1", config.Inner, config.Hidden, config.MlpBias),
            .. Map("fc2", config.Hidden, config.Inner, config.MlpBias),
        ];

    private static IEnumerable<(string Name, int[] Shape)> Llama(PlainConfig config)
    {
        (int heads, int keyValueHeads, int width) = (config.Heads, config.KeyValueHeads, config.HeadDim);
        (string Name, int[] Shape)[] queryKeyNorms = config.Family switch
        {
            "qwen3" => [.. Norm(config, "self_attn.q_norm", width), .. Norm(config, "self_attn.k_norm", width)],
            "olmo2" =>
            [
                .. Norm(config, "self_attn.q_norm", heads * width),
                .. Norm(config, "self_attn.k_norm", keyValueHeads * width),
            ],
            _ => [],
        };
        string[] norms = config.Family switch
        {
            "gemma2" =>
            [
                "input_layernorm",
                "post_attention_layernorm",
                "pre_feedforward_layernorm",
                "post_feedforward_layernorm",
            ],
            "olmo2" => ["post_attention_layernorm", "post_feedforward_layernorm"],
            _ => ["input_layernorm", "post_attention_layernorm"],
        };
        return
        [
            .. norms.SelectMany(name => Norm(config, name)),
            .. queryKeyNorms,
            .. QueryKeyValue(config, "self_attn"),
            .. Map("self_attn.o_proj", config.Hidden, heads * width, config.AttentionOutputBias),
            .. Map("mlp.gate_proj", config.Inner, config.Hidden, config.MlpBias),
            .. Map("mlp.up_proj", config.Inner, config.Hidden, config.MlpBias),
            .. Map("mlp.down_proj", config.Hidden, config.Inner, config.MlpBias),
        ];
    }

    private static IEnumerable<(string Name, int[] Shape)> QueryKeyValue(PlainConfig config, string attention) =>
        [
            .. Map($"{attention}.q_proj", config.Heads * config.HeadDim, config.Hidden, config.QueryKeyValueBias),
            .. Map(
                $"{attention}.k_proj",
                config.KeyValueHeads * config.HeadDim,
                config.Hidden,
                config.QueryKeyValueBias
            ),
            .. Map(
                $"{attention}.v_proj",
                config.KeyValueHeads * config.HeadDim,
                config.Hidden,
                config.QueryKeyValueBias
            ),
        ];

    private static IEnumerable<(string Name, int[] Shape)> Map(string name, int outputs, int inputs, bool hasBias)
    {
        yield return ($"{name}.weight", [outputs, inputs]);
        if (hasBias)
        {
            yield return ($"{name}.bias", [outputs]);
        }
    }
}
