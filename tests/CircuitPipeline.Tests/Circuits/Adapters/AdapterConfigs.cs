using System.Text;
using System.Text.Json.Nodes;
using CircuitPipeline.Circuits.Adapters;
using CircuitPipeline.Testing;
using CircuitPipeline.Tests.Planning;
using Xunit;

namespace CircuitPipeline.Tests.Circuits.Adapters;

public sealed class AdapterConfigs
{
    /// <summary>All keys that PEFT 0.18 writes for a LoRA, with the values that ask for nothing else.</summary>
    private const string Full = """
        {
          "alora_invocation_tokens": null, "alpha_pattern": {"layers.1.mlp.dense_h_to_4h": 4}, "arrow_config": null,
          "auto_mapping": null, "base_model_name_or_path": "EleutherAI/pythia-14m", "bias": "none", "corda_config": null,
          "ensure_weight_tying": false, "eva_config": null, "exclude_modules": null, "fan_in_fan_out": false,
          "inference_mode": true, "init_lora_weights": true, "layer_replication": null, "layers_pattern": null,
          "layers_to_transform": null, "loftq_config": {}, "lora_alpha": 16, "lora_bias": false, "lora_dropout": 0.05,
          "megatron_config": null, "megatron_core": "megatron.core", "modules_to_save": null, "peft_type": "LORA",
          "peft_version": "0.18.1", "qalora_group_size": 16, "r": 8, "rank_pattern": {"layers.1.mlp.dense_h_to_4h": 2},
          "revision": "step3000", "target_modules": ["dense_h_to_4h", "dense"], "target_parameters": null,
          "task_type": "CAUSAL_LM", "trainable_token_indices": null, "use_dora": false, "use_qalora": false, "use_rslora": false
        }
        """;

    [Fact]
    public void Say_method_base_model_and_targets()
    {
        PeftAdapterConfig config = Parse(Full);

        Assert.Equal((AdapterMethod.Lora, "LoRA"), (config.Method, config.MethodName));
        Assert.Equal(("EleutherAI/pythia-14m", "step3000"), (config.BaseModel, config.Revision));
        Assert.Equal("LoRA, rank 8, alpha 16, 1 patterns of other ranks, of dense_h_to_4h, dense", $"{config}");
        Assert.Equal(12, config.ModulesOf(Shapes.Tiny, ModuleNames.Whole).Count);
    }

    [Theory]
    [InlineData("peft_type", "\"LOHA\"", "'peft_type' is 'LOHA'")]
    [InlineData("peft_type", "null", "'peft_type' is missing")]
    [InlineData("modules_to_save", """["embed_tokens"]""", "'modules_to_save' asks for whole modules")]
    [InlineData("target_parameters", """["mlp.experts"]""", "'target_parameters' asks for")]
    [InlineData("trainable_token_indices", "[3]", "'trainable_token_indices' asks for")]
    [InlineData("layer_replication", "[[0, 4], [2, 5]]", "'layer_replication' asks for")]
    [InlineData("lora_bias", "true", "'lora_bias' asks for")]
    [InlineData("megatron_config", """{"a": 1}""", "'megatron_config' asks for")]
    [InlineData("loftq_config", """{"loftq_bits": 4}""", "'loftq_config' asks for")]
    [InlineData("alora_invocation_tokens", "[1]", "'alora_invocation_tokens' asks for")]
    [InlineData("use_qalora", "true", "'use_qalora' asks for")]
    [InlineData("velora_config", """{"num_groups": 4}""", "'velora_config' asks for")]
    [InlineData("kasa_config", """{"beta": 1}""", "'kasa_config' asks for")]
    [InlineData("arrow_config", """{"top_k": 1}""", "'arrow_config' asks for")]
    [InlineData("use_bdlora", """{"nblocks": 2}""", "'use_bdlora' asks for")]
    [InlineData("monteclora_config", """{"n": 2}""", "'monteclora_config' asks for")]
    [InlineData(
        "init_lora_weights",
        "\"pissa\"",
        "'init_lora_weights' is 'pissa', which changes the weights of the base"
    )]
    [InlineData("init_lora_weights", "\"pissa_niter_16\"", "'init_lora_weights' is 'pissa_niter_16', which")]
    [InlineData("init_lora_weights", "\"olora\"", "'path_initial_model_for_weight_conversion'")]
    [InlineData("init_lora_weights", "\"corda\"", "'init_lora_weights' is 'corda', which")]
    [InlineData("init_lora_weights", "\"loftq\"", "'init_lora_weights' is 'loftq', which")]
    [InlineData("init_lora_weights", "3", "'init_lora_weights' is '3', which")]
    [InlineData("task_type", "\"SEQ_CLS\"", "'task_type' is 'SEQ_CLS'")]
    [InlineData("bias", "\"most\"", "'bias' is 'most', but 'none', 'lora_only' or 'all' is allowed")]
    [InlineData("r", "0", "'r' is '0', but a whole number from 1 is allowed")]
    [InlineData("r", "1.5", "'r' is '1.5', but a whole number is allowed")]
    [InlineData("lora_alpha", "\"16\"", "'lora_alpha' is '16', but a number is allowed")]
    [InlineData("fan_in_fan_out", "1", "'fan_in_fan_out' is '1', but true or false is allowed")]
    [InlineData("target_modules", "null", "'target_modules' is missing")]
    [InlineData("target_modules", "[1]", "'target_modules' is '1', but a text is allowed")]
    [InlineData("target_modules", "\"(dense\"", "the expression '(dense' is no regular expression")]
    [InlineData("rank_pattern", """{"dense": 0}""", "'rank_pattern' has '0', but whole numbers from 1 are allowed")]
    [InlineData("rank_pattern", """{"dense": [true]}""", "'rank_pattern' has '[true]'")]
    [InlineData("rank_pattern", """{"de[nse": 3}""", "the expression 'de[nse' is no regular expression")]
    [InlineData("rank_pattern", "[3]", "'rank_pattern' is no object")]
    [InlineData("alpha_pattern", """{"dense": "3"}""", "'alpha_pattern' has '3', but numbers are allowed")]
    [InlineData("layers_pattern", "\"h\"", "'layers_pattern' is given without 'layers_to_transform'")]
    [InlineData("layers_to_transform", "[-1]", "'layers_to_transform' has '-1'")]
    [InlineData("use_new_idea", "true", "the key 'use_new_idea' is not known")]
    [InlineData("critical_layers", """["a"]""", "the key 'critical_layers' is not known")]
    public void That_ask_for_what_is_not_built_are_refused_by_name(string key, string value, string sentence)
    {
        JsonObject changed = JsonNode.Parse(Full)!.AsObject();
        changed[key] = JsonNode.Parse(value);

        string message = Refusal(changed.ToJsonString());

        Assert.Contains(sentence, message, StringComparison.Ordinal);
        Assert.Matches(Hostile.Sentence, message);
    }

    [Theory]
    [InlineData("init_lora_weights", "false")]
    [InlineData("init_lora_weights", "\"gaussian\"")]
    [InlineData("lora_dropout", "0.5")]
    [InlineData("use_new_idea", "false")]
    [InlineData("new_idea_config", "{}")]
    [InlineData("runtime_config", """{"ephemeral_gpu_offload": true}""")]
    [InlineData("fan_in_fan_out", "true")]
    [InlineData("task_type", "null")]
    public void That_change_no_number_are_passed_over(string key, string value)
    {
        JsonObject changed = JsonNode.Parse(Full)!.AsObject();
        changed[key] = JsonNode.Parse(value);

        Assert.Equal(
            Parse(Full).ModulesOf(Shapes.Tiny, ModuleNames.Whole),
            Parse(changed.ToJsonString()).ModulesOf(Shapes.Tiny, ModuleNames.Whole)
        );
    }

    [Theory]
    [InlineData("""{"peft_type": "IA3", "target_modules": ["dense"]}""", "'feedforward_modules' is missing")]
    [InlineData(
        """{"peft_type": "IA3", "target_modules": ["dense"], "feedforward_modules": ["fc2"]}""",
        "'feedforward_modules' has 'fc2', but only names in 'target_modules' are allowed"
    )]
    [InlineData("""{"peft_type": "ADALORA", "target_modules": ["dense"], "use_dora": true}""", "AdaLoRA has no DoRA")]
    [InlineData(
        """{"peft_type": "ADALORA", "target_modules": ["dense"], "lora_alpha": 0}""",
        "AdaLoRA needs a number above 0"
    )]
    [InlineData(
        """{"peft_type": "ADALORA", "target_modules": ["dense"], "rank_pattern": {"dense": 3}}""",
        "to lists of true and false"
    )]
    [InlineData(
        """{"peft_type": "ADALORA", "target_modules": ["dense"], "init_r": 3, "rank_pattern": {"x.dense.lora_E": [true]}}""",
        "'rank_pattern' has 1 entries for 'x.dense', but 'init_r' is 3"
    )]
    [InlineData(
        """{"peft_type": "ADALORA", "target_modules": ["dense"], "init_r": 1, "rank_pattern": {"x.dense.lora_E": [true]}}""",
        "'rank_pattern' names 'x.dense', which is none of the adapter's modules"
    )]
    [InlineData(
        """{"peft_type": "LORA", "target_modules": ".*dense", "layers_to_transform": [1]}""",
        "only a list of names can be restricted to layers"
    )]
    [InlineData(
        """{"critical_layers": [], "r": 4, "rank": 3}""",
        "the key 'rank' is not known in a file of CircuitLoRA"
    )]
    [InlineData("[]", "but a JSON object is expected")]
    [InlineData("{", "this is not one JSON object with unique keys (line 1, byte 2)")]
    public void Of_every_method_are_refused_by_name(string config, string sentence) =>
        Assert.Contains(sentence, Refusal(config), StringComparison.Ordinal);

    [Fact]
    public void Of_CircuitLoRA_give_critical_modules_their_own_rank()
    {
        PeftAdapterConfig config = Parse(
            """
            {"critical_layers": ["gpt_neox.layers.2.attention.dense"], "r": 8, "alpha": 16, "extra_r": 32,
             "critical_alpha": 64, "dropout": 0.05}
            """
        );

        IReadOnlyList<AdaptedModule> modules = config.ModulesOf(Shapes.Tiny, ModuleNames.Whole);

        Assert.Equal("CircuitLoRA", config.MethodName);
        Assert.Equal(24, modules.Count);
        Assert.Equal(
            [("gpt_neox.layers.2.attention.dense", 32, 2.0)],
            modules.Where(module => module.IsCritical).Select(module => (module.Path, module.Rank, module.Scale))
        );
        Assert.All(
            modules.Where(module => !module.IsCritical),
            module => Assert.Equal((8, 2.0), (module.Rank, module.Scale))
        );
    }

    [Fact]
    public void With_an_expression_that_never_ends_are_refused_in_time()
    {
        // A look behind keeps the expression from the engine without a way back.
        string config = """{"peft_type": "LORA", "target_modules": "(?<!x)(([a-z_.0-9]+)+)+!"}""";

        Assert.Contains("takes more than 200 ms", Refusal(config), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LORA", 1)]
    [InlineData("ADALORA", 2)]
    [InlineData("IA3", 3)]
    [InlineData("CIRCUIT", 4)]
    public void Damaged_in_many_ways_are_read_or_refused_in_one_sentence(string method, int seed) =>
        Hostile.Refuses<InvalidDataException>(Original(method), seed, Resolve);

    [Slow]
    [Fact]
    public void Damaged_in_ten_thousand_ways_are_read_or_refused_in_one_sentence()
    {
        foreach (int round in Enumerable.Range(0, 5))
        {
            foreach (string method in (string[])["LORA", "ADALORA", "IA3", "CIRCUIT"])
            {
                Hostile.Refuses<InvalidDataException>(Original(method), 100 + round, Resolve);
            }
        }
    }

    private static byte[] Original(string method) =>
        Encoding.UTF8.GetBytes(
            method switch
            {
                "LORA" => Full,
                "ADALORA" => """
                {"peft_type": "ADALORA", "target_modules": ["dense"], "init_r": 3, "lora_alpha": 6, "total_step": 10,
                 "rank_pattern": {"gpt_neox.layers.0.attention.dense.lora_E": [true, false, true]}}
                """,
                "IA3" => """
                {"peft_type": "IA3", "target_modules": ".*dense", "feedforward_modules": ".*h_to_4h", "init_ia3_weights": true}
                """,
                _ => """
                {"critical_layers": ["gpt_neox.layers.2.attention.dense"], "r": 8, "alpha": 16, "extra_r": 32,
                 "critical_alpha": 64, "dropout": 0.05}
                """,
            }
        );

    private static void Resolve(byte[] json) =>
        PeftAdapterConfig.Parse(json, "adapter_config.json").ModulesOf(Shapes.Tiny, ModuleNames.Whole);

    private static PeftAdapterConfig Parse(string json) =>
        PeftAdapterConfig.Parse(Encoding.UTF8.GetBytes(json), "adapter_config.json");

    private static string Refusal(string json) =>
        Assert.Throws<InvalidDataException>(() => Resolve(Encoding.UTF8.GetBytes(json))).Message;
}
