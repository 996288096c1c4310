using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CircuitPipeline.Circuits.Adapters;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Planning;
using Xunit;

namespace CircuitPipeline.Tests.Planning;

public sealed class PeftFile
{
    public static TheoryData<string> Families => [.. HuggingFaceConfig.Families];

    [Fact]
    public void Of_the_papers_setting_is_what_peft_expects()
    {
        int[] critical = [0, 4, 5, 6, 11];
        RankPlan plan = Plan(new RankPattern(8, critical.Select(layer => KeyValuePair.Create(layer, 32))), critical);

        byte[] file = PeftConfig.Write(plan, Shapes.Pythia1B4, "EleutherAI/pythia-1.4b-deduped");

        Assert.Equal(
            """
            {
              "peft_type": "LORA",
              "task_type": "CAUSAL_LM",
              "base_model_name_or_path": "EleutherAI/pythia-1.4b-deduped",
              "revision": null,
              "inference_mode": false,
              "fan_in_fan_out": false,
              "modules_to_save": null,
              "target_modules": [
                "query_key_value",
                "dense",
                "dense_h_to_4h",
                "dense_4h_to_h"
              ],
              "r": 8,
              "lora_alpha": 16,
              "lora_dropout": 0,
              "bias": "none",
              "use_rslora": false,
              "use_dora": false,
              "init_lora_weights": true,
              "rank_pattern": {
                "layers\\.(0|4|5|6|11)\\.(attention\\.(query_key_value|dense)|mlp\\.(dense_h_to_4h|dense_4h_to_h))": 32
              },
              "alpha_pattern": {
                "layers\\.(0|4|5|6|11)\\.(attention\\.(query_key_value|dense)|mlp\\.(dense_h_to_4h|dense_4h_to_h))": 64
              }
            }

            """,
            Encoding.UTF8.GetString(file)
        );
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Gives_every_map_the_rank_of_the_plan_by_pefts_rule(string family)
    {
        TransformerConfig shape = ShapeOf(family);
        RankPattern pattern = new(3, [new(1, 9), new(11, 9), new(4, 2)]);
        JsonNode file = JsonNode.Parse(PeftConfig.Write(Plan(pattern, []), shape, "base"))!;

        foreach ((string path, int layer) in Enumerable.Range(0, 12).SelectMany(layer => Paths(family, layer)))
        {
            int rank = pattern.RankOf(layer);
            Assert.Contains(file["target_modules"]!.AsArray(), target => path.EndsWith($".{target}"));
            Assert.Equal(rank, Matched(file["rank_pattern"]!, path) ?? (double)file["r"]!);
            Assert.Equal(2 * rank, Matched(file["alpha_pattern"]!, path) ?? (double)file["lora_alpha"]!);
        }
        Assert.Equal(family == "gpt2", (bool)file["fan_in_fan_out"]!);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Is_read_back_with_exactly_the_ranks_of_the_plan_for_whole_and_bare_models(string family)
    {
        TransformerConfig shape = ShapeOf(family);
        RankPattern pattern = new(3, [new(1, 9), new(11, 9), new(4, 2)]);
        PeftAdapterConfig config = PeftAdapterConfig.Parse(
            PeftConfig.Write(Plan(pattern, []), shape, "some/base", "main"),
            "file"
        );

        Assert.Equal(("some/base", "main"), (config.BaseModel, config.Revision));
        foreach (ModuleNames names in ModuleNames.Of(shape.Family))
        {
            IReadOnlyList<AdaptedModule> modules = config.ModulesOf(shape, names);

            Assert.Equal(12 * Modules(family).Length, modules.Count);
            Assert.All(
                modules,
                module =>
                {
                    int layer = int.Parse(module.Path.Split('.').First(part => char.IsAsciiDigit(part[0])));
                    Assert.Equal((pattern.RankOf(layer), 2.0), (module.Rank, module.Scale));
                }
            );
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Targets_no_module_but_the_maps_of_blocks(string family)
    {
        JsonNode file = JsonNode.Parse(PeftConfig.Write(Plan(new(3, [new(1, 9)]), []), ShapeOf(family), "base"))!;
        string[] others =
        [
            "embed_tokens",
            "embed_in",
            "wte",
            "wpe",
            "lm_head",
            "embed_out",
            "project_in",
            "project_out",
        ];

        Assert.All(
            others.Concat(others.Select(name => $"model.decoder.{name}")),
            path => Assert.DoesNotContain(file["target_modules"]!.AsArray(), target => IsTarget(path, target!))
        );
        Assert.Equal(
            Modules(family).Select(Last).Distinct(),
            file["target_modules"]!.AsArray().Select(name => $"{name}")
        );
    }

    // check_target_module_exists of PEFT's tuners_utils.py, for a list.
    private static bool IsTarget(string path, JsonNode target) => path == $"{target}" || path.EndsWith($".{target}");

    // PEFT's get_pattern_key: the first key for which re.match(rf"(.*\.)?({key})$", path). A saved and loaded file has its keys sorted.
    private static double? Matched(JsonNode patterns, string path)
    {
        double? Of(IEnumerable<KeyValuePair<string, JsonNode?>> ordered) =>
            (double?)ordered.FirstOrDefault(pattern => Regex.IsMatch(path, $@"^(.*\.)?({pattern.Key})$")).Value;

        double? sorted = Of(patterns.AsObject().OrderBy(pattern => pattern.Key, StringComparer.Ordinal));
        Assert.Equal(Of(patterns.AsObject()), sorted);
        return sorted;
    }

    private static IEnumerable<(string Path, int Layer)> Paths(string family, int layer) =>
        from blocks in Blocks(family)
        from module in Modules(family)
        select ($"{blocks}.{layer}.{module}", layer);

    // In the whole model, in the bare one, and wrapped.
    private static string[] Blocks(string family) =>
        family switch
        {
            "gpt_neox" => ["gpt_neox.layers", "layers", "base_model.model.gpt_neox.layers"],
            "gpt2" or "gpt_neo" => ["transformer.h", "h", "base_model.model.transformer.h"],
            "opt" => ["model.decoder.layers", "decoder.layers", "base_model.model.model.decoder.layers"],
            _ => ["model.layers", "layers", "base_model.model.model.layers"],
        };

    // Written out again, by hand, as in the modeling files.
    private static string[] Modules(string family) =>
        family switch
        {
            "gpt_neox" => ["attention.query_key_value", "attention.dense", "mlp.dense_h_to_4h", "mlp.dense_4h_to_h"],
            "gpt2" => ["attn.c_attn", "attn.c_proj", "mlp.c_fc", "mlp.c_proj"],
            "gpt_neo" =>
            [
                "attn.attention.q_proj",
                "attn.attention.k_proj",
                "attn.attention.v_proj",
                "attn.attention.out_proj",
                "mlp.c_fc",
                "mlp.c_proj",
            ],
            "opt" => ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.out_proj", "fc1", "fc2"],
            _ =>
            [
                "self_attn.q_proj",
                "self_attn.k_proj",
                "self_attn.v_proj",
                "self_attn.o_proj",
                "mlp.gate_proj",
                "mlp.up_proj",
                "mlp.down_proj",
            ],
        };

    private static string Last(string path) => path[(path.LastIndexOf('.') + 1)..];

    private static TransformerConfig ShapeOf(string family) =>
        Shapes.NeoX(12, 2, 8) with
        {
            Architecture = ModelFamily.OfType(family)!.Architecture,
        };

    private static RankPlan Plan(RankPattern pattern, int[] critical) =>
        new()
        {
            Rule = "by hand",
            Why = "By hand.",
            CriticalLayers = [.. critical],
            Pattern = pattern,
            AlphaOverRank = 2,
            TrainableParameters = 1,
        };
}
