using System.Text.RegularExpressions;
using CircuitPipeline.Circuits.Config;

namespace CircuitPipeline.Circuits.Adapters;

/// <summary>The configuration that CircuitLoRA's authors save (arXiv:2502.11812; their <c>circuit_weighted_lora.py</c>).</summary>
/// <remarks>
/// Every linear map but <c>embed_out</c> has an update of rank r, those whose names are critical one of rank extra_r instead.
/// Keys that are missing take the defaults of the authors' function.
/// </remarks>
internal static class CircuitLoraConfig
{
    private const int MostLayers = 1024;

    public static PeftAdapterConfig Read(ConfigFields fields, string source)
    {
        string[] critical = fields.Texts("critical_layers")!;
        if (critical.Length > MostLayers)
        {
            throw fields.Error($"'critical_layers' has {critical.Length} entries, but at most {MostLayers} are read.");
        }

        fields.Value("dropout"); // of training alone
        int rank = AdapterConfigReader.Rank(fields, "extra_r", 8);
        double alpha = fields.Real(16, "critical_alpha");
        MatchBudget budget = new(fields.Error);
        PythonPattern[] patterns = [.. critical.Select(name => PythonPattern.OfEnd($"^{Regex.Escape(name)}", budget))];
        PeftAdapterConfig config = new()
        {
            Method = AdapterMethod.Lora,
            Source = source,
            IsOfCircuitLora = true,
            BaseModel = fields.Text("base_model_name_or_path"),
            Rank = AdapterConfigReader.Rank(fields, "r", 4),
            Alpha = fields.Real(16, "alpha"),
            RankPattern = [.. patterns.Select(pattern => (pattern, rank))],
            AlphaPattern = [.. patterns.Select(pattern => (pattern, alpha))],
            Targets = new ModuleTargets(null, null, null, []),
        };
        return fields.Unasked().FirstOrDefault() is { } unknown
            ? throw fields.Error(
                $"the key '{MessageText.OneLine(unknown)}' is not known in a file of CircuitLoRA; 'critical_layers', 'r', 'alpha', 'extra_r', 'critical_alpha' and 'dropout' are allowed."
            )
            : config;
    }
}
