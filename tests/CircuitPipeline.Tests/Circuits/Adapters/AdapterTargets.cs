using CircuitPipeline.Circuits.Adapters;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Tests.Planning;
using Xunit;

namespace CircuitPipeline.Tests.Circuits.Adapters;

/// <summary>Which modules a configuration is for, by PEFT's rule, with names as the modeling files have them.</summary>
public sealed class AdapterTargets
{
    [Theory]
    [InlineData("""["dense"]""", "attention.dense")]
    [InlineData("""["mlp.dense_h_to_4h", "dense"]""", "attention.dense mlp.dense_h_to_4h")]
    [InlineData("""["ense"]""", "")]
    [InlineData(""" ".*dense.*" """, "attention.dense mlp.dense_h_to_4h mlp.dense_4h_to_h")]
    [InlineData(""" "dense" """, "")]
    [InlineData(""" ".*\\.(?P<map>query_key_value|dense)" """, "attention.query_key_value attention.dense")]
    [InlineData(""" ".*mlp(?!.*4h_to_h).*" """, "mlp.dense_h_to_4h")]
    [InlineData(""" "all-linear" """, "attention.query_key_value attention.dense mlp.dense_h_to_4h mlp.dense_4h_to_h")]
    [InlineData(""" "All-Linear" """, "attention.query_key_value attention.dense mlp.dense_h_to_4h mlp.dense_4h_to_h")]
    [InlineData("""["gpt_neox.layers.0.attention.dense", "none"]""", "attention.dense")]
    public void Are_the_ends_of_names_or_whole_names_of_an_expression(string targets, string expected)
    {
        string config = $$"""{"peft_type": "LORA", "target_modules": {{targets}}}""";

        string[] found = expected.Length == 0 ? [] : OfLayer(config, 0);

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), found);
        if (expected.Length == 0)
        {
            Assert.Contains("no linear map of a 'gpt_neox' model", Refusal(config), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_gpt2_are_both_maps_of_one_name_or_one_by_its_path()
    {
        TransformerConfig shape = Of("gpt2");
        string both = """{"peft_type": "LORA", "target_modules": ["c_proj"]}""";
        string one = """{"peft_type": "LORA", "target_modules": ["mlp.c_proj"]}""";

        Assert.Equal(
            ["transformer.h.0.attn.c_proj", "transformer.h.0.mlp.c_proj"],
            Modules(both, shape).Take(2).Select(module => module.Path)
        );
        Assert.All(
            Modules(one, shape),
            module => Assert.EndsWith(".mlp.c_proj", module.Path, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(""" "layers_to_transform": 1 """, "1")]
    [InlineData(""" "layers_to_transform": [0, 2] """, "0 2")]
    [InlineData(""" "layers_to_transform": [] """, "0 1 2 3 4 5")]
    [InlineData(""" "layers_to_transform": [2, 4], "layers_pattern": "layers" """, "2 4")]
    [InlineData(""" "layers_to_transform": [2, 4], "layers_pattern": ["h", "layers"] """, "2 4")]
    [InlineData(""" "layers_to_transform": [2], "layers_pattern": "" """, "2")]
    [InlineData(""" "exclude_modules": "gpt_neox\\.layers\\.[0-4]\\..*" """, "5")]
    [InlineData(""" "exclude_modules": ["layers.1.attention.dense"] """, "0 2 3 4 5")]
    public void Are_limited_to_layers_and_by_exclusions(string keys, string layers)
    {
        string config = $$"""{"peft_type": "LORA", "target_modules": ["dense"], {{keys}}}""";

        Assert.Equal(
            layers.Split(' ').Select(layer => $"gpt_neox.layers.{layer}.attention.dense"),
            Modules(config, Shapes.Tiny).Select(module => module.Path)
        );
    }

    [Theory]
    [InlineData("embed_out")]
    [InlineData("embed_in")]
    [InlineData("gpt_neox.embed_in")]
    public void Outside_the_blocks_are_refused(string target) =>
        Assert.Contains(
            "only the linear maps inside blocks can have an adapter",
            Refusal($$"""{"peft_type": "LORA", "target_modules": ["dense", "{{target}}"]}"""),
            StringComparison.Ordinal
        );

    [Fact]
    public void Take_the_first_pattern_that_matches_the_end_of_the_name()
    {
        string config = """
            {
              "peft_type": "LORA", "target_modules": ["dense", "query_key_value"], "r": 8, "lora_alpha": 16,
              "rank_pattern": {"layers\\.1\\.attention\\.dense": 2, "attention.dense": 4, "^layers.0.attention.dense": 64},
              "alpha_pattern": {"dense": 3.5}
            }
            """;

        IReadOnlyList<AdaptedModule> modules = Modules(config, Shapes.Tiny);

        Assert.Equal(
            [(8, 16.0 / 8), (4, 3.5 / 4), (8, 16.0 / 8), (2, 3.5 / 2)],
            modules.Take(4).Select(module => (module.Rank, module.Scale))
        );
    }

    [Theory]
    [InlineData(16, 8, 5.6568542495, 2)]
    [InlineData(64, 32, 11.3137084990, 2)]
    public void Scale_by_the_rank_or_its_root(int alpha, int rank, double byRoot, double byRank)
    {
        AdaptedModule With(string flag) =>
            Modules(
                $$"""{"peft_type": "LORA", "target_modules": ["dense"], "r": {{rank}}, "lora_alpha": {{alpha}}, "use_rslora": {{flag}}}""",
                Shapes.Tiny
            )[0];

        Assert.Equal(byRoot, With("true").Scale, 1e-9);
        Assert.Equal(byRank, With("false").Scale);
    }

    [Fact]
    public void Have_pefts_defaults_where_the_file_is_silent()
    {
        AdaptedModule module = Modules("""{"peft_type": "LORA", "target_modules": ["dense"]}""", Shapes.Tiny)[0];
        AdaptedModule ofAdaLora = Modules("""{"peft_type": "ADALORA", "target_modules": ["dense"]}""", Shapes.Tiny)[0];

        Assert.Equal((8, 1.0), (module.Rank, module.Scale));
        Assert.Equal((12, 8 / (12 + 1e-5)), (ofAdaLora.Rank, ofAdaLora.Scale));
    }

    [Fact]
    public void Of_AdaLoRA_keep_what_its_masks_say_and_the_scale_of_all()
    {
        IReadOnlyList<AdaptedModule> modules = Modules(
            """
            {
              "peft_type": "ADALORA", "target_modules": ["dense"], "init_r": 3, "lora_alpha": 6, "r": 8, "use_rslora": true,
              "rank_pattern": {
                "gpt_neox.layers.0.attention.dense.lora_E": [true, false, true],
                "base_model.model.gpt_neox.layers.1.attention.dense.lora_E.default": [false, false, false]
              }
            }
            """,
            Shapes.Tiny
        );

        Assert.Equal([2, 0, 3, 3, 3, 3], modules.Select(module => module.Rank));
        Assert.All(modules, module => Assert.Equal(6 / (3 + 1e-5), module.Scale));
    }

    [Fact]
    public void Of_IA3_scale_inputs_by_the_plain_end_of_a_name()
    {
        IReadOnlyList<AdaptedModule> modules = Modules(
            """{"peft_type": "IA3", "target_modules": ["c_attn", "c_proj"], "feedforward_modules": ["c_proj"]}""",
            Of("gpt2")
        );

        // As PEFT: attention's c_proj too.
        Assert.Equal([false, true, true], modules.Take(3).Select(module => module.ScalesInput));
    }

    internal static TransformerConfig Of(string family) =>
        Shapes.Tiny with
        {
            Architecture = ModelFamily.OfType(family)!.Architecture,
        };

    internal static IReadOnlyList<AdaptedModule> Modules(string config, TransformerConfig shape) =>
        PeftAdapterConfig
            .Parse(System.Text.Encoding.UTF8.GetBytes(config), "adapter_config.json")
            .ModulesOf(shape, ModuleNames.Whole);

    private static string[] OfLayer(string config, int layer) =>
        [
            .. Modules(config, Shapes.Tiny)
                .Where(module => module.Path.StartsWith($"gpt_neox.layers.{layer}.", StringComparison.Ordinal))
                .Select(module => module.Path[$"gpt_neox.layers.{layer}.".Length..]),
        ];

    private static string Refusal(string config) =>
        Assert.Throws<InvalidDataException>(() => Modules(config, Shapes.Tiny)).Message;
}
