using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CircuitPipeline.Circuits.Adapters;
using CircuitPipeline.Circuits.Config;

namespace CircuitPipeline.Planning;

/// <summary>Writes a rank plan as the <c>adapter_config.json</c> that Hugging Face's PEFT loads.</summary>
/// <remarks>
/// PEFT (<c>utils/other.py</c>, <c>get_pattern_key</c>) takes the first pattern that matches the end of a module's path, from its start
/// or a dot on, so patterns begin with the list of blocks, which a bare model's names begin with; layers of one rank share one
/// pattern and no path matches two; what no pattern matches has rank <c>r</c>. The update is scaled by
/// alpha / rank, which is why every rank needs its own alpha.
/// </remarks>
public static class PeftConfig
{
    /// <summary>The file's name in an adapter's folder.</summary>
    public const string FileName = PeftAdapterConfig.FileName;

    /// <summary>Writes the file.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="config">The shape of the model that the adapter is for, whose family names the modules.</param>
    /// <param name="baseModel">The name or path under which PEFT finds that model.</param>
    /// <param name="revision">The revision of that model on the Hub; null where it is not from there, or the newest.</param>
    /// <returns>The file's bytes: UTF-8, fixed key order, a final line end.</returns>
    public static byte[] Write(RankPlan plan, TransformerConfig config, string baseModel, string? revision = null)
    {
        ModulePaths paths = ModulePaths.Of(config);
        return PeftConfigText.Write(
            "LORA",
            config,
            (baseModel, revision),
            paths.Targets,
            json =>
            {
                int rank = plan.Pattern.DefaultRank;
                PeftConfigText.WriteLora(json, rank, plan.AlphaOverRank * rank, isRankStabilized: false, isDora: false);
                WritePatterns(json, "rank_pattern", plan.Pattern, paths, rank => rank);
                WritePatterns(json, "alpha_pattern", plan.Pattern, paths, rank => plan.AlphaOverRank * rank);
            }
        );
    }

    private static void WritePatterns(
        Utf8JsonWriter json,
        string key,
        RankPattern pattern,
        ModulePaths paths,
        Func<int, double> value
    )
    {
        json.WriteStartObject(key);
        foreach (
            IGrouping<int, int>? rank in pattern
                .Layers.GroupBy(layer => layer.Value, layer => layer.Key)
                .OrderBy(rank => rank.Key)
        )
        {
            string layers = string.Join('|', rank.Select(layer => layer.ToString(CultureInfo.InvariantCulture)));
            json.WriteNumber(paths.Pattern(layers), value(rank.Key));
        }
        json.WriteEndObject();
    }
}

/// <summary>Names of a model's linear maps as PEFT compares them.</summary>
/// <param name="Blocks">What stands before the block's number, as a regular expression.</param>
/// <param name="Modules">Path of each map within its block, as a regular expression.</param>
/// <param name="Targets">The names that PEFT compares with the end of a path.</param>
internal sealed record ModulePaths(string Blocks, string Modules, ImmutableArray<string> Targets)
{
    public static ModulePaths Of(TransformerConfig config) =>
        new(
            $@"{config.Family.Blocks}\.",
            string.Join('|', config.LinearMaps.GroupBy(map => map.Part).Select(Part)),
            // Once each: GPT-2 has two maps named c_proj, which only their paths tell apart.
            [.. config.LinearMaps.Select(map => map.Name).Distinct()]
        );

    public string Pattern(string layers) => $@"{Blocks}({layers})\.({Modules})";

    // OPT's MLP has no part of its own: its maps are the block's.
    private static string Part(IGrouping<string, LinearShape> part)
    {
        string names = string.Join('|', part.Select(map => Regex.Escape(map.Name)));
        return part.Key.Length == 0 ? names : $@"{Regex.Escape(part.Key)}\.({names})";
    }
}
