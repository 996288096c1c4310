using CircuitPipeline.Circuits.Adapters;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Hub;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Tool.Commands;
using CircuitPipeline.Training.Adapters;

namespace CircuitPipeline.Tool.Inspection;

/// <summary>Looks into the folder of an adapter, and holds it against its base model where that is at hand.</summary>
internal static class AdapterInspection
{
    /// <summary>The kind of an adapter's folder without a model's beside it.</summary>
    internal const string Kind = "adapter";

    private static readonly string[] Keys =
    [
        "peft_type",
        "r",
        "lora_alpha",
        "target_modules",
        "base_model_name_or_path",
        "revision",
    ];

    /// <summary>What its configuration says, also where it cannot be used.</summary>
    /// <param name="path">The configuration.</param>
    internal static IEnumerable<Fact> Stated(string path)
    {
        Dictionary<string, string> values = JsonObjectFile.Values(path, Keys);
        return Keys.Where(values.ContainsKey).Select(key => new Fact($"adapter {key}", values[key]));
    }

    /// <summary>The folder of an adapter alone.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="ignored">What of its base model is passed over.</param>
    /// <param name="models">Finds its base model; null leaves it out.</param>
    internal static Finding Of(string folder, IgnoredParts ignored, Func<string, ModelPlace>? models)
    {
        List<string> refused = [];
        List<Fact> facts = [.. Finding.Try(refused, () => Stated(Path.Combine(folder, PeftAdapterConfig.FileName)))];
        PeftFolder? opened = null;
        facts.AddRange(
            Finding.Try(
                refused,
                () =>
                {
                    opened = PeftFolder.Open(folder);
                    return
                    [
                        new Fact("adapter", $"{opened.Config}"),
                        new Fact("tensors", opened.Entries.Count),
                        new Fact("values", opened.ParameterCount),
                    ];
                }
            )
        );
        if (opened is not null && models is not null)
        {
            facts.AddRange(Finding.Try(refused, () => OverItsBase(opened, models(folder), ignored)));
        }

        List<Fact> warnings = [];
        if (opened is not null)
        {
            warnings.AddRange(
                Finding.Try(refused, () => opened.UpdateWarning() is { } text ? [new Fact("warning", text)] : [])
            );
        }

        return new Finding(Kind, [.. facts], [.. refused]) { Warnings = [.. warnings.Select(warning => warning.Text)] };
    }

    private static IEnumerable<Fact> OverItsBase(PeftFolder adapter, ModelPlace place, IgnoredParts ignored)
    {
        TransformerConfig shape = ignored.Config(Path.Combine(place.Folder, Checkpoint.ConfigFile));
        int modules = adapter.ModulesOf(shape).Count;
        yield return new Fact("base model", place.Hub is { } hub ? $"{hub.Id} ({hub.Commit})" : place.Folder);
        yield return new Fact("base family", shape.Family.ModelType);
        yield return new Fact("changed modules", modules);
    }
}
