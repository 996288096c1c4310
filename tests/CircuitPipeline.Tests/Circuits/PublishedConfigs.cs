using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Graph;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

/// <summary>Files of models that people study, with the keys that they were published with.</summary>
public sealed class PublishedConfigs
{
    private const string Llama3 =
        """{"attention_bias":false,"attention_dropout":0.0,"bos_token_id":128000,"eos_token_id":128001,"hidden_act":"silu","initializer_range":0.02,"mlp_bias":false,"model_type":"llama","pretraining_tp":1,"rms_norm_eps":1e-05,"rope_theta":500000.0,"vocab_size":128256,"torch_dtype":"bfloat16","use_cache":true,""";
    private const string Mistral =
        """{"model_type":"mistral","bos_token_id":1,"eos_token_id":2,"hidden_act":"silu","hidden_size":4096,"initializer_range":0.02,"intermediate_size":14336,"max_position_embeddings":32768,"num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":8,"rms_norm_eps":1e-05,"tie_word_embeddings":false,"torch_dtype":"bfloat16","use_cache":true,""";

    /// <summary>Name, file, parameters.</summary>
    public static TheoryData<string, string, long> Files =>
        new()
        {
            {
                "gpt2",
                """{"activation_function":"gelu_new","architectures":["GPT2LMHeadModel"],"attn_pdrop":0.1,"bos_token_id":50256,"embd_pdrop":0.1,"eos_token_id":50256,"initializer_range":0.02,"layer_norm_epsilon":1e-05,"model_type":"gpt2","n_ctx":1024,"n_embd":768,"n_head":12,"n_layer":12,"n_positions":1024,"resid_pdrop":0.1,"summary_activation":null,"summary_first_dropout":0.1,"summary_proj_to_labels":true,"summary_type":"cls_index","summary_use_proj":true,"task_specific_params":{"text-generation":{"do_sample":true,"max_length":50}},"vocab_size":50257}""",
                124_439_808
            },
            {
                "pythia-160m",
                """{"architectures":["GPTNeoXForCausalLM"],"bos_token_id":0,"eos_token_id":0,"hidden_act":"gelu","hidden_size":768,"initializer_range":0.02,"intermediate_size":3072,"layer_norm_eps":1e-05,"max_position_embeddings":2048,"model_type":"gpt_neox","num_attention_heads":12,"num_hidden_layers":12,"rotary_emb_base":10000,"rotary_pct":0.25,"tie_word_embeddings":false,"torch_dtype":"float16","use_cache":true,"use_parallel_residual":true,"vocab_size":50304}""",
                162_322_944
            },
            {
                "gpt-neo-125m",
                """{"activation_function":"gelu_new","architectures":["GPTNeoForCausalLM"],"attention_dropout":0,"attention_layers":["global","local","global","local","global","local","global","local","global","local","global","local"],"attention_types":[[["global","local"],6]],"bos_token_id":50256,"embed_dropout":0,"eos_token_id":50256,"gradient_checkpointing":false,"hidden_size":768,"initializer_range":0.02,"intermediate_size":null,"layer_norm_epsilon":1e-05,"max_position_embeddings":2048,"model_type":"gpt_neo","num_heads":12,"num_layers":12,"resid_dropout":0,"summary_type":"cls_index","use_cache":true,"vocab_size":50257,"window_size":256}""",
                125_198_592
            },
            {
                "opt-125m",
                """{"_name_or_path":"facebook/opt-125m","_remove_final_layer_norm":false,"activation_dropout":0.0,"activation_function":"relu","architectures":["OPTForCausalLM"],"attention_dropout":0.0,"bos_token_id":2,"do_layer_norm_before":true,"dropout":0.1,"eos_token_id":2,"ffn_dim":3072,"hidden_size":768,"init_std":0.02,"layerdrop":0.0,"max_position_embeddings":2048,"model_type":"opt","num_attention_heads":12,"num_hidden_layers":12,"pad_token_id":1,"prefix":"</s>","torch_dtype":"float16","use_cache":true,"vocab_size":50272,"word_embed_proj_dim":768}""",
                125_239_296
            },
            {
                "Llama-2-7b",
                """{"model_type":"llama","bos_token_id":1,"eos_token_id":2,"hidden_act":"silu","hidden_size":4096,"initializer_range":0.02,"intermediate_size":11008,"max_position_embeddings":4096,"num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":32,"pretraining_tp":1,"rms_norm_eps":1e-05,"rope_scaling":null,"tie_word_embeddings":false,"torch_dtype":"float16","use_cache":true,"vocab_size":32000}""",
                6_738_415_616
            },
            {
                "Llama-3-8B",
                Llama3
                    + """ "hidden_size":4096,"intermediate_size":14336,"max_position_embeddings":8192,"num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":8,"rope_scaling":null,"tie_word_embeddings":false}""",
                8_030_261_248
            },
            {
                "Llama-3.2-1B",
                Llama3
                    + """ "head_dim":64,"hidden_size":2048,"intermediate_size":8192,"max_position_embeddings":131072,"num_attention_heads":32,"num_hidden_layers":16,"num_key_value_heads":8,"rope_scaling":{"factor":32.0,"high_freq_factor":4.0,"low_freq_factor":1.0,"original_max_position_embeddings":8192,"rope_type":"llama3"},"tie_word_embeddings":true}""",
                1_235_814_400
            },
            {
                "Mistral-7B-v0.1",
                Mistral + """ "rope_theta":10000.0,"sliding_window":4096,"vocab_size":32000}""",
                7_241_732_096
            },
            {
                "Mistral-7B-v0.3",
                Mistral + """ "rope_theta":1000000.0,"sliding_window":null,"vocab_size":32768}""",
                7_248_023_552
            },
            {
                "Qwen2.5-0.5B",
                """{"attention_dropout":0.0,"bos_token_id":151643,"eos_token_id":151643,"hidden_act":"silu","hidden_size":896,"initializer_range":0.02,"intermediate_size":4864,"max_position_embeddings":32768,"max_window_layers":24,"model_type":"qwen2","num_attention_heads":14,"num_hidden_layers":24,"num_key_value_heads":2,"rms_norm_eps":1e-06,"rope_theta":1000000.0,"sliding_window":32768,"tie_word_embeddings":true,"torch_dtype":"bfloat16","use_cache":true,"use_mrope":false,"use_sliding_window":false,"vocab_size":151936}""",
                494_032_768
            },
            {
                "Qwen3-0.6B",
                """{"attention_bias":false,"attention_dropout":0.0,"bos_token_id":151643,"eos_token_id":151645,"head_dim":128,"hidden_act":"silu","hidden_size":1024,"initializer_range":0.02,"intermediate_size":3072,"max_position_embeddings":40960,"max_window_layers":28,"model_type":"qwen3","num_attention_heads":16,"num_hidden_layers":28,"num_key_value_heads":8,"rms_norm_eps":1e-06,"rope_scaling":null,"rope_theta":1000000,"sliding_window":null,"tie_word_embeddings":true,"torch_dtype":"bfloat16","use_cache":true,"use_sliding_window":false,"vocab_size":151936}""",
                596_049_920
            },
            {
                "gemma-2-2b",
                """{"attention_bias":false,"attention_dropout":0.0,"attn_logit_softcapping":50.0,"bos_token_id":2,"cache_implementation":"hybrid","eos_token_id":1,"final_logit_softcapping":30.0,"head_dim":256,"hidden_act":"gelu_pytorch_tanh","hidden_activation":"gelu_pytorch_tanh","hidden_size":2304,"initializer_range":0.02,"intermediate_size":9216,"max_position_embeddings":8192,"model_type":"gemma2","num_attention_heads":8,"num_hidden_layers":26,"num_key_value_heads":4,"pad_token_id":0,"query_pre_attn_scalar":256,"rms_norm_eps":1e-06,"rope_theta":10000.0,"sliding_window":4096,"torch_dtype":"float32","use_cache":true,"vocab_size":256000}""",
                2_614_341_888
            },
            {
                "OLMo-2-1B",
                """{"attention_bias":false,"attention_dropout":0.0,"eos_token_id":100257,"hidden_act":"silu","hidden_size":2048,"initializer_range":0.02,"intermediate_size":8192,"max_position_embeddings":4096,"model_type":"olmo2","num_attention_heads":16,"num_hidden_layers":16,"num_key_value_heads":16,"pad_token_id":100277,"rms_norm_eps":1e-06,"rope_scaling":null,"rope_theta":500000,"tie_word_embeddings":false,"torch_dtype":"bfloat16","use_cache":false,"vocab_size":100352}""",
                1_484_916_736
            },
        };

    [Theory]
    [MemberData(nameof(Files))]
    public void Have_the_published_number_of_parameters_and_their_edges(string name, string json, long parameters)
    {
        TransformerConfig config = ConfigText.Parse(json);

        Assert.Equal(
            (name, parameters, Edges(config)),
            (name, config.ParameterCount, new ComputationGraph(config).EdgeCount)
        );
    }

    [Theory]
    [InlineData("Llama-3-8B", 1_592_881)]
    [InlineData("Llama-3.2-1B", 386_713)]
    [InlineData("Qwen2.5-0.5B", 179_749)]
    [InlineData("gemma-2-2b", 74_218)]
    public void Have_these_edges(string name, int edges) =>
        Assert.Equal(edges, new ComputationGraph(ConfigText.Parse(FileOf(name))).EdgeCount);

    [Fact]
    public void Have_their_windows()
    {
        Assert.Null(ConfigText.Parse(FileOf("Mistral-7B-v0.3")).Window);
        Assert.Null(ConfigText.Parse(FileOf("Qwen2.5-0.5B")).Window);
        Assert.Equal((4096, 32), Local("Mistral-7B-v0.1"));
        Assert.Equal((4096, 13), Local("gemma-2-2b"));
        Assert.Equal((256, 6), Local("gpt-neo-125m"));
    }

    [Theory]
    [InlineData(""" "do_layer_norm_before":false,"word_embed_proj_dim":512 """, "do_layer_norm_before")]
    [InlineData(""" "word_embed_proj_dim":512 """, "word_embed_proj_dim")]
    public void Of_opt_350m_are_refused(string keys, string named)
    {
        string message = ConfigText.Refusal("opt", $"\"hidden_size\":1024,{keys}");

        Assert.StartsWith($"'{named}' is '", message);
        Assert.Contains("as in opt-350m", message);
    }

    // 1 + L(H+1) sources; of a block the input and all before it reach 3H+1 inputs, its heads its own MLP but in parallel blocks.
    private static int Edges(TransformerConfig config)
    {
        (int layers, int heads) = (config.NLayers, config.NHeads);
        int before = Enumerable.Range(0, layers).Sum(layer => 1 + layer * (heads + 1));
        return before * (3 * heads + 1) + (config.ParallelBlocks ? 0 : layers * heads) + 1 + layers * (heads + 1);
    }

    private static string FileOf(string name) => (string)Files.Single(row => (string)row[0] == name)[1];

    private static (int, int) Local(string name) =>
        ConfigText.Parse(FileOf(name)).Window is { } window
            ? (window.Width, window.IsLocal.Count(local => local))
            : throw new InvalidOperationException("There is no window.");
}
