using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Hub;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Planning;
using CircuitPipeline.Text.Tokenizers;
using CircuitPipeline.Tool.Commands;

namespace CircuitPipeline.Tool.Inspection;

/// <summary>Looks into a folder of a model, an adapter, or both.</summary>
internal static class ModelInspection
{
    private const string NoTokenizer = "none, so pairs must be token ids";

    /// <summary>The folder; null when it holds neither.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="ignored">What of the model, or of the adapter's base model, is passed over.</param>
    /// <param name="models">Finds the base model of an adapter; null leaves it out.</param>
    internal static Finding? Of(string folder, IgnoredParts ignored, Func<string, ModelPlace>? models = null)
    {
        string config = Path.Combine(folder, Checkpoint.ConfigFile);
        string adapter = Path.Combine(folder, PeftConfig.FileName);
        bool hasWeights =
            Directory.GetFiles(folder, "*.safetensors").Length > 0 || Directory.GetFiles(folder, "*.bin").Length > 0;
        if (!File.Exists(config) && File.Exists(adapter))
        {
            return AdapterInspection.Of(folder, ignored, models);
        }

        if (!File.Exists(config) && !hasWeights)
        {
            List<string> problems = [];
            Fact[] found = [.. Finding.Try(problems, () => Tokenizer(folder))];
            return problems.Count > 0 || found.Any(fact => fact.Value is not NoTokenizer)
                ? new Finding("tokenizer", [.. found], [.. problems])
                : null;
        }

        List<string> refused = [];
        List<Fact> facts = [];
        TransformerConfig? shape = null;
        if (File.Exists(config))
        {
            facts.AddRange(Finding.Try(refused, () => Family(config)));
            facts.AddRange(
                Finding.Try(
                    refused,
                    () =>
                    {
                        shape = ignored.Config(config);
                        return ModelShape.Facts(shape);
                    }
                )
            );
            if (shape is not null && GraphRules.WithoutEdges(shape) is { } withoutEdges)
            {
                refused.Add($"{withoutEdges[..^1]}: 'attribute', 'evaluate' and 'robustness' refuse the model.");
            }
        }

        if (File.Exists(adapter))
        {
            facts.AddRange(Finding.Try(refused, () => AdapterInspection.Stated(adapter)));
        }

        facts.AddRange(Finding.Try(refused, () => Weights(folder, shape, ignored, refused)));
        facts.AddRange(Finding.Try(refused, () => Tokenizer(folder)));
        string kind = (File.Exists(config), File.Exists(adapter)) switch
        {
            (true, true) => "model with an adapter beside it",
            (true, false) => "model",
            _ => "weights without a 'config.json'",
        };
        return new Finding(kind, [.. facts], [.. refused]);
    }

    // What the file calls itself, also where the family cannot be built. Of a damaged file the reader of configurations tells.
    private static IEnumerable<Fact> Family(string config)
    {
        try
        {
            return
            [
                new Fact(
                    "family",
                    JsonObjectFile.Values(config, "model_type").GetValueOrDefault("model_type", "not said")
                ),
            ];
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    private static IEnumerable<Fact> Weights(
        string folder,
        TransformerConfig? shape,
        IgnoredParts ignored,
        List<string> refused
    )
    {
        CheckpointContents contents = CheckpointContents.Of(folder);
        if (shape is not null)
        {
            ignored.TensorsOf(folder); // a pattern that matches none is refused
            refused.AddRange(CheckpointContents.Problems(folder, shape, ignored.Checkpoint));
        }

        yield return new Fact("weights", contents.Files);
        yield return new Fact("tensors", contents.Tensors);
        yield return new Fact("values", contents.Values);
        yield return new Fact("dtype", contents.Dtypes);
    }

    private static IEnumerable<Fact> Tokenizer(string folder)
    {
        ITokenizer? tokenizer = TokenizerFolder.Find(folder);
        using IDisposable? engine = tokenizer as IDisposable;
        yield return new Fact("tokenizer", tokenizer?.Source ?? NoTokenizer);
        if (tokenizer is { Prefix.IsEmpty: false })
        {
            yield return new Fact("before every prompt", string.Join(" ", tokenizer.Prefix));
        }
    }
}
