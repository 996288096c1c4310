using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
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

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the file.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="config">The shape of the model that the adapter is for, whose family names the modules.</param>
    /// <param name="baseModel">The name or path under which PEFT finds that model.</param>
    /// <param name="revision">The revision of that model on the Hub; null where it is not from there, or the newest.</param>
    /// <returns>The file's bytes: UTF-8, fixed key order, a final line end.</returns>
    public static byte[] Write(RankPlan plan, TransformerConfig config, string baseModel, string? revision = null)
    {
        ModulePaths paths = ModulePaths.Of(config);
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("peft_type", "LORA");
            json.WriteString("task_type", "CAUSAL_LM");
            json.WriteString("base_model_name_or_path", baseModel);
            json.WriteString("revision", revision);
            json.WriteBoolean("inference_mode", false);
            json.WriteNumber("r", plan.Pattern.DefaultRank);
            json.WriteNumber("lora_alpha", plan.AlphaOverRank * plan.Pattern.DefaultRank);
            json.WriteNumber("lora_dropout", 0);
            json.WriteString("bias", "none");
            json.WriteBoolean("fan_in_fan_out", paths.TransposedWeights);
            json.WriteBoolean("use_rslora", false);
            json.WriteBoolean("use_dora", false);
            json.WriteBoolean("init_lora_weights", true);
            json.WriteNull("modules_to_save");
            json.WriteStartArray("target_modules");
            foreach (string module in paths.Targets)
            {
                json.WriteStringValue(module);
            }
            json.WriteEndArray();
            WritePatterns(json, "rank_pattern", plan.Pattern, paths, rank => rank);
            WritePatterns(json, "alpha_pattern", plan.Pattern, paths, rank => plan.AlphaOverRank * rank);
            json.WriteEndObject();
        }
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
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
/// <param name="TransposedWeights">Whether the family keeps weights as [in, out].</param>
internal sealed record ModulePaths(
    string Blocks,
    string Modules,
    ImmutableArray<string> Targets,
    bool TransposedWeights
)
{
    public static ModulePaths Of(TransformerConfig config) =>
        new(
            $@"{config.Family.Blocks}\.",
            string.Join('|', config.LinearMaps.GroupBy(map => map.Part).Select(Part)),
            // Once each: GPT-2 has two maps named c_proj, which only their paths tell apart.
            [.. config.LinearMaps.Select(map => map.Name).Distinct()],
            config.Family.KeepsMapsTurned
        );

    public string Pattern(string layers) => $@"{Blocks}({layers})\.({Modules})";

    // OPT's MLP has no part of its own: its maps are the block's.
    private static string Part(IGrouping<string, LinearShape> part)
    {
        string names = string.Join('|', part.Select(map => Regex.Escape(map.Name)));
        return part.Key.Length == 0 ? names : $@"{Regex.Escape(part.Key)}\.({names})";
    }
}
