using System.Text.Json;
using CircuitPipeline.Circuits.Adapters;
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
        return PeftConfigText.Write(
            "LORA",
            model.Config,
            baseModel,
            AdapterTargets.Of(model, [.. ranks.Select(row => row.Linear)]),
            json =>
            {
                PeftConfigText.WriteLora(json, usual, AlphaOverRank * usual, IsRankStabilized, IsDora);
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
