using System.Collections.Immutable;
using CircuitPipeline.Circuits.Config;

namespace CircuitPipeline.Circuits.Adapters;

/// <summary>Finds the modules of a model that a configuration is for.</summary>
internal static class AdaptedModules
{
    public static IReadOnlyList<AdaptedModule> Of(PeftAdapterConfig config, TransformerConfig shape, ModuleNames names)
    {
        ModelFamily family = shape.Family;
        RefuseOthers(config, family, names);
        List<AdaptedModule> modules = [];
        IReadOnlyList<LinearShape> maps = shape.LinearMaps;
        for (int layer = 0; layer < shape.NLayers; layer++)
        {
            foreach (LinearShape map in maps)
            {
                string path = $"{family.BlocksPath}.{layer}.{map.Path}";
                if (names.Of(path) is { } name && config.Targets.Has(name, isMap: true))
                {
                    modules.Add(Module(config, name, path, map));
                }
            }
        }

        if (config.Kept.Keys.Except(modules.Select(module => module.Name)).Order().FirstOrDefault() is { } unknown)
        {
            throw new InvalidDataException(
                $"{config.Source}: 'rank_pattern' names '{MessageText.OneLine(unknown)}', which is none of the adapter's modules in a '{family.ModelType}' model with {shape.NLayers} layers; "
                    + $"take the adapter's own base model{BaseOf(config)}."
            );
        }

        return modules.Count > 0
            ? modules
            : throw new InvalidDataException(
                $"{config.Source}: 'target_modules' is '{MessageText.OneLine(config.TargetText)}', but no linear map of a '{family.ModelType}' model with {shape.NLayers} layers has such a name; "
                    + $"take the adapter's own base model{BaseOf(config)}."
            );
    }

    /// <summary>The base model as messages name it.</summary>
    public static string BaseOf(PeftAdapterConfig config) =>
        config.BaseModel is { } name ? $", which is '{MessageText.OneLine(name)}'" : "";

    // Embeddings and the unembedding are linear maps to PEFT, but have no adapter here.
    private static void RefuseOthers(PeftAdapterConfig config, ModelFamily family, ModuleNames names)
    {
        IEnumerable<string?> others =
        [
            names == ModuleNames.Whole ? family.Unembedding : null,
            names.Of($"{family.Body}.{family.Embedding}"),
            family.Positions is { } positions ? names.Of($"{family.Body}.{positions}") : null,
        ];
        foreach (string? other in others)
        {
            if (other is not null && config.Targets.Has(other, isMap: false))
            {
                throw new InvalidDataException(
                    $"{config.Source}: 'target_modules' is for '{other}' too, but only the linear maps inside blocks can have an adapter; "
                        + "merge it with PEFT's 'merge_and_unload', and name the folder of the merged model."
                );
            }
        }
    }

    private static AdaptedModule Module(PeftAdapterConfig config, string name, string path, LinearShape map)
    {
        if (config.Method == AdapterMethod.Ia3)
        {
            return new AdaptedModule(name, path, map, 0, 1) { ScalesInput = config.FeedForward!.MatchesLooseEnd(name) };
        }

        if (config.Method == AdapterMethod.AdaLora)
        {
            ImmutableArray<bool> kept = config.Kept.GetValueOrDefault(name, []);
            int rank = kept.IsEmpty ? config.Rank : kept.Count(isKept => isKept);
            // The rank before pruning, and PEFT's guard against a rank of 0.
            return new AdaptedModule(name, path, map, rank, config.Alpha / (config.Rank + 1e-5)) { Kept = kept };
        }

        int r = First(config.RankPattern, name, config.Rank);
        double alpha = First(config.AlphaPattern, name, config.Alpha);
        return new AdaptedModule(name, path, map, r, config.IsRankStabilized ? alpha / Math.Sqrt(r) : alpha / r)
        {
            IsCritical = config.IsOfCircuitLora && config.RankPattern.Any(rank => rank.Pattern.Matches(name)),
        };
    }

    private static T First<T>(ImmutableArray<(PythonPattern Pattern, T Value)> patterns, string name, T missing)
    {
        foreach ((PythonPattern pattern, T value) in patterns)
        {
            if (pattern.Matches(name))
            {
                return value;
            }
        }

        return missing;
    }
}
