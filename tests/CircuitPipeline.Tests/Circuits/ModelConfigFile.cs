using System.Text;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

public sealed class ModelConfigFile
{
    [Fact]
    public void Reads_pythia_as_published()
    {
        TransformerConfig config = Parse(
            """
            {"architectures":["GPTNeoXForCausalLM"],"bos_token_id":0,"eos_token_id":0,"hidden_act":"gelu","hidden_size":768,
             "initializer_range":0.02,"intermediate_size":3072,"layer_norm_eps":1e-05,"max_position_embeddings":2048,
             "model_type":"gpt_neox","num_attention_heads":12,"num_hidden_layers":12,"rotary_emb_base":10000,
             "rotary_pct":0.25,"tie_word_embeddings":false,"torch_dtype":"float16","use_cache":true,
             "use_parallel_residual":true,"vocab_size":50304}
            """
        );

        Assert.Equal((12, 12, 768, 64, 3072, 50304, 2048), Shape(config));
        Assert.Equal(
            (Architecture.GptNeoX, true, 16, 10_000.0),
            (config.Architecture, config.ParallelBlocks, config.RotaryDimensions, config.RotaryBase)
        );
        Assert.Equal(
            (false, true, false, 0),
            (config.TiedEmbeddings, config.QueryKeyValueBias, config.HasLearnedPositions, config.EosTokenId)
        );
    }

    [Fact]
    public void Missing_keys_of_a_neox_take_the_defaults_of_hugging_face()
    {
        TransformerConfig config = Parse("""{"model_type":"gpt_neox"}""");

        Assert.Equal((44, 64, 6144, 96, 24576, 50432, 2048), Shape(config));
        Assert.Equal(
            (0.25, 1e-5, Activation.Gelu, true),
            (config.RotaryPercent, config.NormEps, config.Activation, config.ParallelBlocks)
        );
    }

    [Fact]
    public void Missing_keys_of_a_gpt2_take_the_defaults_of_hugging_face()
    {
        TransformerConfig config = Parse("""{"model_type":"gpt2","n_inner":null}""");

        Assert.Equal((12, 12, 768, 64, 3072, 50257, 1024), Shape(config));
        Assert.Equal(
            (Activation.GeluTanh, true, false, true),
            (config.Activation, config.TiedEmbeddings, config.ParallelBlocks, config.HasLearnedPositions)
        );
    }

    [Theory]
    [InlineData("""{"model_type":"gpt_neox","rotary_emb_base":500,"rotary_pct":0.5}""")]
    [InlineData("""{"model_type":"gpt_neox","rope_theta":500.0,"partial_rotary_factor":0.5,"rope_scaling":null}""")]
    [InlineData(
        """{"model_type":"gpt_neox","rope_parameters":{"rope_type":"default","rope_theta":500,"partial_rotary_factor":0.5}}"""
    )]
    [InlineData("""{"model_type":"gpt_neox","rotary_pct":0.5,"rope_parameters":{"rope_theta":500}}""")]
    [InlineData(
        """{"model_type":"gpt_neox","rotary_pct":0.5,"rotary_emb_base":1,"rope_parameters":{"rope_theta":500}}"""
    )]
    [InlineData("""{"model_type":"gpt_neox","rotary_pct":0.5,"rope_theta":1,"rope_parameters":{"rope_theta":500}}""")]
    public void Rotary_settings_are_read_under_each_name(string json)
    {
        TransformerConfig config = Parse(json);

        Assert.Equal((500.0, 0.5), (config.RotaryBase, config.RotaryPercent));
    }

    [Theory]
    [InlineData("gpt_neox", "gelu_fast", Activation.GeluTanh)]
    [InlineData("gpt_neox", "swish", Activation.Silu)]
    [InlineData("gpt_neox", "relu", Activation.Relu)]
    public void Activations_are_read_under_each_name(string family, string name, Activation activation) =>
        Assert.Equal(activation, Parse($$"""{"model_type":"{{family}}","hidden_act":"{{name}}"}""").Activation);

    [Fact]
    public void Another_family_is_refused_with_the_families_that_can_be_read()
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Parse("""{"model_type":"mamba"}"""));

        Assert.Equal(
            "c.json: 'model_type' is 'mamba', but the families that can be read are 'gpt_neox', 'gpt2', 'gpt_neo', 'opt', 'llama', 'mistral', 'qwen2', 'qwen3', 'gemma2', 'olmo2'.",
            error.Message
        );
    }

    [Theory]
    [InlineData(
        """{}""",
        "'model_type' is missing; 'gpt_neox', 'gpt2', 'gpt_neo', 'opt', 'llama', 'mistral', 'qwen2', 'qwen3', 'gemma2', 'olmo2' are allowed."
    )]
    [InlineData("""[]""", "this is a list, but a JSON object is expected.")]
    [InlineData("""{"model_type":7}""", "'model_type' is '7', but a text is allowed.")]
    [InlineData(
        """{"model_type":"gpt2","n_layer":"twelve"}""",
        "'n_layer' is 'twelve', but a whole number is allowed."
    )]
    [InlineData("""{"model_type":"gpt2","n_layer":1.5}""", "'n_layer' is '1.5', but a whole number is allowed.")]
    [InlineData("""{"model_type":"gpt2","n_layer":0}""", "the number of layers is '0', but 1 to 1,024 is allowed.")]
    [InlineData(
        """{"model_type":"gpt2","n_layer":99999999999}""",
        "'n_layer' is '99999999999', but a whole number is allowed."
    )]
    [InlineData(
        """{"model_type":"gpt2","n_embd":64,"hidden_size":32}""",
        "'n_embd' is '64' and 'hidden_size' is '32', but both name one setting and must agree."
    )]
    [InlineData(
        """{"model_type":"gpt2","n_embd":10}""",
        "the width of the model is '10', but it must be a multiple of the '12' heads."
    )]
    [InlineData(
        """{"model_type":"gpt2","activation_function":"mish"}""",
        "'activation_function' is 'mish', but 'gelu', 'gelu_new', 'gelu_fast', 'gelu_pytorch_tanh', 'relu', 'silu', 'swish' are allowed."
    )]
    [InlineData(
        """{"model_type":"gpt2","scale_attn_by_inverse_layer_idx":true}""",
        "'scale_attn_by_inverse_layer_idx' is 'true', but only 'false' can be computed."
    )]
    [InlineData(
        """{"model_type":"gpt_neox","use_parallel_residual":1}""",
        "'use_parallel_residual' is '1', but true or false is allowed."
    )]
    [InlineData(
        """{"model_type":"gpt_neox","rope_parameters":[]}""",
        "'rope_parameters' is a list, but an object is allowed."
    )]
    [InlineData(
        """{"model_type":"gpt_neox","rope_parameters":{"rope_theta":"x"}}""",
        "'rope_parameters.rope_theta' is 'x', but a number is allowed."
    )]
    [InlineData(
        """{"model_type":"gpt_neox","rope_scaling":{"type":"yarn","factor":2}}""",
        "'rope_scaling' asks for the rotary scaling 'yarn', but only 'default', 'linear' and 'llama3' can be computed."
    )]
    [InlineData(
        """{"model_type":"gpt_neox","rotary_pct":0.2,"rope_parameters":{"partial_rotary_factor":0.5}}""",
        "'rotary_pct' and 'rope_parameters.partial_rotary_factor' differ, but both name one setting and must agree."
    )]
    [InlineData(
        """{"model_type":"gpt_neox","rotary_pct":0.055}""",
        "a head of '96' dimensions rotates '5' of them, but rotary positions turn pairs: choose a rotary share or a width of the heads that gives an even number."
    )]
    [InlineData("""{"model_type":"gpt_neox","rotary_pct":-1}""", "the rotary share is '-1', but 0 to 1 is allowed.")]
    [InlineData(
        """{"model_type":"gpt_neox","layer_norm_eps":0}""",
        "the epsilon of the norms is '0', but it must be above 0 and finite."
    )]
    [InlineData("""{"model_type":"gpt2","model_type":"gpt2"}""", "this is not one JSON object with unique keys.")]
    [InlineData("""{"model_type":"gpt2"}}""", "this is not one JSON object with unique keys (line 1, byte 22).")]
    [InlineData("""{"model_type":"\ud800"}""", "a text in this file is not valid Unicode.")]
    public void A_mistake_is_one_sentence(string json, string sentence) =>
        Assert.Equal($"c.json: {sentence}", Assert.Throws<InvalidDataException>(() => Parse(json)).Message);

    [Fact]
    public void A_missing_file_is_named()
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            HuggingFaceConfig.Read("nowhere/config.json")
        );

        Assert.Equal(
            "nowhere/config.json: there is no such file; a model folder holds a 'config.json'.",
            error.Message
        );
    }

    [Theory]
    [InlineData("neox", 250)]
    [InlineData("gpt2", 262)]
    public void The_reference_models_are_read_from_their_folders(string model, int edges)
    {
        TransformerConfig config = HuggingFaceConfig.Read(OracleFolder.File("models", model));

        Assert.Equal((3, 4, 64, 16, 256, 64, 32), Shape(config));
        Assert.Equal(edges, new ComputationGraph(config).EdgeCount);
    }

    private static TransformerConfig Parse(string json) =>
        HuggingFaceConfig.Parse(Encoding.UTF8.GetBytes(json), "c.json");

    private static (int, int, int, int, int, int, int) Shape(TransformerConfig config) =>
        (config.NLayers, config.NHeads, config.DModel, config.DHead, config.DMlp, config.DVocab, config.NCtx);

    [Fact]
    public void Of_quantized_weights_is_refused_though_the_key_is_to_be_ignored() =>
        Assert.EndsWith(
            "take one that is neither pruned nor quantized.",
            Assert
                .Throws<InvalidDataException>(() =>
                    HuggingFaceConfig.Parse(
                        """{"model_type":"gpt_neox","quantization_config":{"bits":4}}"""u8.ToArray(),
                        "f",
                        "quantization_config"
                    )
                )
                .Message
        );
}
