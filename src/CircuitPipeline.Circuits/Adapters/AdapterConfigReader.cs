using System.Collections.Immutable;
using System.Text.Json;
using CircuitPipeline.Circuits.Config;

namespace CircuitPipeline.Circuits.Adapters;

/// <summary>Reads the keys of an <c>adapter_config.json</c>, with PEFT's defaults for those that are missing.</summary>
internal sealed class AdapterConfigReader
{
    // A pattern for every map of a model with 128 layers.
    private const int MostNames = 1024;

    private const string Prefix = "base_model.model.";

    private static readonly ImmutableArray<string> Methods = ["LORA", "ADALORA", "IA3"];

    // AdaLoRA has all keys of LoRA, but ranks and scales of its own.
    private static readonly ImmutableArray<string> UnusedByAdaLora = ["r", "alpha_pattern", "use_rslora"];

    private readonly ConfigFields _fields;
    private readonly string _source;
    private readonly MatchBudget _budget;

    private AdapterConfigReader(ConfigFields fields, string source) =>
        (_fields, _source, _budget) = (fields, source, new MatchBudget(fields.Error));

    public static PeftAdapterConfig Read(ConfigFields fields, string source)
    {
        AdapterConfigReader reader = new(fields, source);
        string? method = fields.Text("peft_type");
        if (method is null && fields.Value("critical_layers") is not null)
        {
            return CircuitLoraConfig.Read(fields, source);
        }

        PeftAdapterConfig config = method switch
        {
            "LORA" => reader.Lora(),
            "ADALORA" => reader.AdaLora(),
            "IA3" => reader.Ia3(),
            null => throw fields.Error(
                $"'peft_type' is missing, and neither is there a 'critical_layers' of CircuitLoRA; '{string.Join("', '", Methods)}' are allowed."
            ),
            _ => throw fields.Error(
                $"'peft_type' is '{MessageText.OneLine(method)}', but the methods that can be read are '{string.Join("', '", Methods)}'; merge the adapter with PEFT's 'merge_and_unload', and name the folder of the merged model."
            ),
        };
        AdapterKeys.RefuseNotBuilt(fields, config.Method == AdapterMethod.AdaLora ? UnusedByAdaLora : []);
        return config;
    }

    private PeftAdapterConfig Lora()
    {
        bool isDora = _fields.Flag(false, "use_dora");
        return Common(isDora ? AdapterMethod.Dora : AdapterMethod.Lora) with
        {
            Rank = Rank(_fields, "r", 8),
            Alpha = _fields.Real(8, "lora_alpha"),
            IsRankStabilized = _fields.Flag(false, "use_rslora"),
            Bias = Bias(),
            RankPattern = Patterns("rank_pattern", value => Whole("rank_pattern", value)),
            AlphaPattern = Patterns("alpha_pattern", value => Number("alpha_pattern", value)),
        };
    }

    private PeftAdapterConfig AdaLora()
    {
        if (_fields.Flag(false, "use_dora"))
        {
            throw _fields.Error("'use_dora' is 'true', but AdaLoRA has no DoRA; set it to 'false'.");
        }

        double alpha = _fields.Real(8, "lora_alpha");
        int rank = Rank(_fields, "init_r", 12);
        ImmutableDictionary<string, ImmutableArray<bool>> kept = Kept();
        if (kept.FirstOrDefault(mask => mask.Value.Length != rank) is { Key: { } name, Value: var mask })
        {
            throw _fields.Error(
                $"'rank_pattern' has {mask.Length} entries for '{MessageText.OneLine(name)}', but 'init_r' is {rank}, and each row has one."
            );
        }

        return Common(AdapterMethod.AdaLora) with
        {
            Rank = rank,
            Alpha =
                alpha > 0
                    ? alpha
                    : throw _fields.Error($"'lora_alpha' is '{alpha}', but AdaLoRA needs a number above 0."),
            Bias = Bias(),
            Kept = kept,
        };
    }

    private PeftAdapterConfig Ia3()
    {
        PeftAdapterConfig config = Common(AdapterMethod.Ia3);
        NameRule inner =
            Names("feedforward_modules")
            ?? throw _fields.Error(
                "'feedforward_modules' is missing, but IA3 needs it; a list of names, which may be empty, or an expression is allowed."
            );
        string? foreign = config.Targets.Targets is { Ends: { IsEmpty: false } targets }
            ? inner.Ends.FirstOrDefault(name => !targets.Contains(name))
            : null;
        return foreign is null
            ? config with
            {
                FeedForward = inner,
            }
            : throw _fields.Error(
                $"'feedforward_modules' has '{MessageText.OneLine(foreign)}', but only names in 'target_modules' are allowed."
            );
    }

    private PeftAdapterConfig Common(AdapterMethod method)
    {
        _fields.Flag(false, "fan_in_fan_out");
        return new PeftAdapterConfig
        {
            Method = method,
            Source = _source,
            BaseModel = _fields.Text("base_model_name_or_path"),
            Revision = _fields.Text("revision"),
            Targets = Targets(),
        };
    }

    private ModuleTargets Targets()
    {
        NameRule? targets =
            _fields.Value("target_modules") is { ValueKind: JsonValueKind.String } text
            && string.Equals(text.GetString(), "all-linear", StringComparison.OrdinalIgnoreCase)
                ? null
                : Names("target_modules")
                    ?? throw _fields.Error(
                        "'target_modules' is missing; a list of names, an expression, or 'all-linear' is allowed."
                    );
        ImmutableArray<int>? layers = Layers();
        string[] places = _fields.Value("layers_pattern") switch
        {
            null => [],
            { ValueKind: JsonValueKind.String } one => [one.GetString()!],
            _ => Limited("layers_pattern", _fields.Texts("layers_pattern")!),
        };
        if (layers is not null && targets?.Ends.IsEmpty != false)
        {
            throw _fields.Error(
                "'layers_to_transform' is given beside an expression in 'target_modules', but only a list of names can be restricted to layers."
            );
        }

        return places.Length > 0 && layers is null
            ? throw _fields.Error("'layers_pattern' is given without 'layers_to_transform', but one needs the other.")
            : new ModuleTargets(
                targets,
                Names("exclude_modules"),
                layers,
                places.All(place => place.Length == 0)
                    ? [PythonPattern.OfLayer(null, _budget)]
                    : [.. places.Select(place => PythonPattern.OfLayer(place, _budget))]
            );
    }

    private ImmutableArray<int>? Layers() =>
        _fields.Value("layers_to_transform") switch
        {
            null => null,
            { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() is 0 => null,
            { ValueKind: JsonValueKind.Array } list =>
            [
                .. list.EnumerateArray().Select(layer => Whole("layers_to_transform", layer, least: 0)),
            ],
            { } one => [Whole("layers_to_transform", one, least: 0)],
        };

    private NameRule? Names(string key) =>
        _fields.Value(key) switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } text => NameRule.OfExpression(text.GetString()!, _budget),
            _ => NameRule.OfEnds([.. Limited(key, _fields.Texts(key)!)]),
        };

    private AdapterBias Bias() =>
        _fields.Text("bias") switch
        {
            null or "none" => AdapterBias.None,
            "lora_only" => AdapterBias.LoraOnly,
            "all" => AdapterBias.All,
            { } other => throw _fields.Error(
                $"'bias' is '{MessageText.OneLine(other)}', but 'none', 'lora_only' or 'all' is allowed."
            ),
        };

    private ImmutableArray<(PythonPattern Pattern, T Value)> Patterns<T>(string key, Func<JsonElement, T> read) =>
        _fields.Value(key) switch
        {
            null => [],
            { ValueKind: JsonValueKind.Object } map =>
            [
                .. Limited(key, [.. map.EnumerateObject()])
                    .Select(entry => (PythonPattern.OfEnd(entry.Name, _budget), read(entry.Value))),
            ],
            _ => throw _fields.Error($"'{key}' is no object that goes from names of modules to numbers."),
        };

    // Names of modules with their last part, 'lora_E', and sometimes the adapter's name.
    private ImmutableDictionary<string, ImmutableArray<bool>> Kept()
    {
        ImmutableDictionary<string, ImmutableArray<bool>>.Builder kept = ImmutableDictionary.CreateBuilder<
            string,
            ImmutableArray<bool>
        >(StringComparer.Ordinal);
        if (_fields.Value("rank_pattern") is not { } map)
        {
            return kept.ToImmutable();
        }

        if (map.ValueKind != JsonValueKind.Object)
        {
            throw NotMasks();
        }

        foreach (JsonProperty entry in Limited("rank_pattern", [.. map.EnumerateObject()]))
        {
            int end = entry.Name.LastIndexOf(".lora_E", StringComparison.Ordinal);
            bool isMask =
                entry.Value.ValueKind == JsonValueKind.Array
                && entry.Value.GetArrayLength() > 0
                && entry.Value.EnumerateArray().All(row => row.ValueKind is JsonValueKind.True or JsonValueKind.False);
            if (end < 0 || !isMask || !kept.TryAdd(ModuleName(entry.Name[..end]), Mask(entry.Value)))
            {
                throw NotMasks();
            }
        }

        return kept.ToImmutable();
    }

    private static string ModuleName(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;

    private static ImmutableArray<bool> Mask(JsonElement rows) =>
        [.. rows.EnumerateArray().Select(row => row.GetBoolean())];

    private InvalidDataException NotMasks() =>
        _fields.Error(
            "'rank_pattern' of AdaLoRA is no object that goes from names ending in '.lora_E', each once, to lists of true and false."
        );

    private T[] Limited<T>(string key, T[] found) =>
        found.Length <= MostNames
            ? found
            : throw _fields.Error($"'{key}' has {found.Length} entries, but at most {MostNames} are read.");

    private int Whole(string key, JsonElement value, int least = 1) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= least
            ? number
            : throw _fields.Error(
                $"'{key}' has '{MessageText.OneLine(value.ToString())}', but whole numbers from {least} are allowed."
            );

    private double Number(string key, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number)
            ? number
            : throw _fields.Error($"'{key}' has '{MessageText.OneLine(value.ToString())}', but numbers are allowed.");

    internal static int Rank(ConfigFields fields, string key, int missing) =>
        fields.Whole(missing, key) is >= 1 and var rank
            ? rank
            : throw fields.Error($"'{key}' is '{fields.Whole(missing, key)}', but a whole number from 1 is allowed.");
}
