using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Planning;
using Xunit;

namespace CircuitPipeline.Tests.Planning;

public sealed class PeftFile
{
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
              "inference_mode": false,
              "r": 8,
              "lora_alpha": 16,
              "lora_dropout": 0,
              "bias": "none",
              "fan_in_fan_out": false,
              "use_rslora": false,
              "use_dora": false,
              "init_lora_weights": true,
              "modules_to_save": null,
              "target_modules": [
                "query_key_value",
                "dense",
                "dense_h_to_4h",
                "dense_4h_to_h"
              ],
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
    [InlineData(Architecture.GptNeoX)]
    [InlineData(Architecture.Gpt2)]
    public void Gives_every_map_the_rank_of_the_plan_by_pefts_rule(Architecture family)
    {
        TransformerConfig shape = Shapes.NeoX(12, 2, 8) with { Architecture = family };
        RankPattern pattern = new(3, [new(1, 9), new(11, 9), new(4, 2)]);
        JsonNode file = JsonNode.Parse(PeftConfig.Write(Plan(pattern, []), shape, "base"))!;

        for (int layer = 0; layer < 12; layer++)
        {
            foreach ((string? path, LinearModule module) in Paths(family, layer))
            {
                Assert.Contains(file["target_modules"]!.AsArray(), target => path.EndsWith($".{target}"));
                Assert.Equal(pattern.RankOf(layer, module), Matched(file["rank_pattern"]!, path) ?? (double)file["r"]!);
                Assert.Equal(
                    2 * pattern.RankOf(layer, module),
                    Matched(file["alpha_pattern"]!, path) ?? (double)file["lora_alpha"]!
                );
            }
        }
        Assert.Equal(family == Architecture.Gpt2, (bool)file["fan_in_fan_out"]!);
    }

    // PEFT's get_pattern_key: the first key for which re.match(rf"(.*\.)?({key})$", path).
    private static double? Matched(JsonNode patterns, string path) =>
        (double?)patterns.AsObject().FirstOrDefault(pattern => Regex.IsMatch(path, $@"^(.*\.)?({pattern.Key})$")).Value;

    private static IEnumerable<(string Path, LinearModule Module)> Paths(Architecture family, int layer)
    {
        string[] names =
            family == Architecture.GptNeoX
                ? ["attention.query_key_value", "attention.dense", "mlp.dense_h_to_4h", "mlp.dense_4h_to_h"]
                : ["attn.c_attn", "attn.c_proj", "mlp.c_fc", "mlp.c_proj"];
        // In the whole model, in the bare one, and wrapped.
        string[] blocks =
            family == Architecture.GptNeoX
                ? ["gpt_neox.layers", "layers", "base_model.model.gpt_neox.layers"]
                : ["transformer.h", "h", "base_model.model.transformer.h"];
        return blocks.SelectMany(block =>
            names.Zip(LinearModules.All, (name, module) => ($"{block}.{layer}.{name}", module))
        );
    }

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
