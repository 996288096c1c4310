using System.Text.Json;
using CircuitPipeline.Models;

namespace CircuitPipeline.Training.Methods;

/// <summary>How an update in LoRA's form is scaled and what is beside it, as PEFT's file says it.</summary>
/// <param name="AlphaOverRank">alpha / rank.</param>
/// <param name="IsRankStabilized">Whether updates are scaled by alpha / √rank.</param>
/// <param name="IsDora">Whether rows have lengths of their own.</param>
internal sealed record LoraForm(double AlphaOverRank, bool IsRankStabilized = false, bool IsDora = false)
{
    /// <summary>The file <c>adapter_config.json</c>: the rank that most maps have, and exact names of those with another one.</summary>
    internal byte[] Config(
        Transformer model,
        (string Name, string? Revision) baseModel,
        IReadOnlyList<(ModelLinear Linear, int Rank)> ranks
    )
    {
        int usual = ranks
            .CountBy(row => row.Rank)
            .OrderByDescending(row => row.Value)
            .ThenBy(row => row.Key)
            .First()
            .Key;
        (ModelLinear Linear, int Rank)[] others = [.. ranks.Where(row => row.Rank != usual)];
        return PeftConfigWriter.Write(
            "LORA",
            model.Config,
            baseModel,
            PeftConfigWriter.Targets(model, [.. ranks.Select(row => row.Linear)]),
            json =>
            {
                json.WriteNumber("r", usual);
                json.WriteNumber("lora_alpha", AlphaOverRank * usual);
                json.WriteNumber("lora_dropout", 0);
                json.WriteString("bias", "none");
                json.WriteBoolean("use_rslora", IsRankStabilized);
                json.WriteBoolean("use_dora", IsDora);
                json.WriteBoolean("init_lora_weights", true);
                WritePatterns(json, "rank_pattern", others, rank => rank);
                WritePatterns(json, "alpha_pattern", others, rank => AlphaOverRank * rank);
            }
        );
    }

    // A name is an expression too, in which a dot matches any letter; '^' and '\.' make it exact.
    private static void WritePatterns(
        Utf8JsonWriter json,
        string key,
        IEnumerable<(ModelLinear Linear, int Rank)> ranks,
        Func<int, double> value
    )
    {
        json.WriteStartObject(key);
        foreach ((ModelLinear linear, int rank) in ranks)
        {
            json.WriteNumber($"^{linear.Path.Replace(".", @"\.", StringComparison.Ordinal)}", value(rank));
        }

        json.WriteEndObject();
    }
}
