using System.CommandLine;
using System.Text.Json;
using CircuitPipeline.Hub;
using CircuitPipeline.Hub.Cache;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Planning;
using CircuitPipeline.Text.Tokenizers;
using CircuitPipeline.Tool.CommandLine;
using CircuitPipeline.Tool.Inspection;

namespace CircuitPipeline.Tool.Commands;

/// <summary><c>inspect</c>: says what a file or folder is, and what would be refused of it; the first command that a person types.</summary>
internal sealed class InspectCommand : ToolCommand
{
    private const int FirstBytes = 1 << 20;

    // Files that say nothing alone, and are no pairs though they are JSON or text.
    private static readonly string[] PartsOfModels =
    [
        Checkpoint.ConfigFile,
        PeftConfig.FileName,
        TokenizerFolder.TokenizerJsonName,
        "generation_config.json",
        "model.safetensors.index.json",
        "tokenizer_config.json",
        "special_tokens_map.json",
        "vocab.json",
        "merges.txt",
        "vocabulary.json",
    ];

    private static readonly string[] EndingsOfFiles =
    [
        ".json",
        ".jsonl",
        ".csv",
        ".tsv",
        ".parquet",
        ".yaml",
        ".yml",
        ".safetensors",
        ".txt",
    ];

    private static readonly Argument<string> Place = OptionFactory.File(
        "PATH|ID",
        "A model's or adapter's folder, or its id in the Hub's cache, or a file: circuit, scores, prompt pairs, experiment, lock, weights."
    );

    private static readonly Option<string> Model = OptionFactory.Optional(
        "--model",
        ModelPlace.Forms,
        "For pairs that are texts: the folder, or the id in the Hub's cache, whose tokenizer makes token ids of them."
    );

    internal InspectCommand()
        : base(
            "inspect",
            "Says what a file or folder is, and what of it would be refused.",
            [Place, Model, .. IgnoredParts.All, .. PairsInput.OptionsOfFile]
        ) { }

    internal override CommandResult Run(ParsedOptions options, CommandContext context)
    {
        string path = options.Text(Place);
        ModelPlace place = IsNameOfFile(path) ? new ModelPlace(path, null) : context.Place(path);
        string? model = options.TextOrNull(Model) is { } named ? context.Model(named).Folder : null;
        PairsInput pairs = PairsInput.Read(options, path);
        IgnoredParts ignored = IgnoredParts.Read(options);
        if (Directory.Exists(place.Folder))
        {
            Finding found =
                ModelInspection.Of(place.Folder, ignored, folder => context.Model(folder)) ?? throw Unknown(path);
            options.Refuse(
                IgnoredParts.TensorsOption,
                found.Kind == AdapterInspection.Kind,
                "of an adapter's base model no tensors are looked at"
            );
            return (place.Hub is { } snapshot ? OfHub(found, snapshot) : found).ToResult(path) with
            {
                Ignored = ignored.Of(place.Folder),
            };
        }

        foreach (Option option in IgnoredParts.All)
        {
            options.Refuse(
                option,
                model is null || option != IgnoredParts.KeyOption,
                "only a model's folder has such parts"
            );
        }

        if (!File.Exists(path))
        {
            throw new InvalidExperimentException($"'{path}': there is no such file or folder.");
        }

        if (!FileKind.IsRegularOrAbsent(path))
        {
            throw new InvalidExperimentException(
                $"'{path}': this is a pipe or a device, but a file or a folder is expected; write its content into a file."
            );
        }

        return OfFile(path, pairs, model, ignored, context).ToResult(path);
    }

    // Such a word could be an id as well, but is a file's name for whoever types it.
    private static bool IsNameOfFile(string path) =>
        EndingsOfFiles.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static Finding OfHub(Finding found, HubSnapshot snapshot)
    {
        List<string> refused = [];
        Finding.Try(
            refused,
            () =>
            {
                snapshot.MustHaveWeights();
                return [];
            }
        );
        return found with
        {
            Facts = [new Fact("commit", snapshot.Commit), new Fact("folder", snapshot.Folder), .. found.Facts],
            Refused = [.. refused, .. found.Refused],
        };
    }

    private static Finding OfFile(
        string path,
        PairsInput pairs,
        string? model,
        IgnoredParts ignored,
        CommandContext context
    )
    {
        string name = Path.GetFileName(path);
        return name.EndsWith(".lock.json", StringComparison.Ordinal) ? StudyInspection.OfLock(path)
            : name.EndsWith(".yaml", StringComparison.Ordinal) || name.EndsWith(".yml", StringComparison.Ordinal)
                ? StudyInspection.OfExperiment(path, context.Cache)
            : WeightsInspection.IsOne(path) ? WeightsInspection.Of(path)
            : PartsOfModels.Contains(name) ? throw PartOfModel(path)
            : IsGraph(path) ? CircuitInspection.Of(path)
            : PairsInspection.Of(pairs, model, ignored);
    }

    // A circuit's file is one JSON object with its graph; one of pairs has an object in each line.
    private static bool IsGraph(string path)
    {
        // The keys that tell come first; the rest is the business of the file's own reader, which has a bound.
        (byte[] start, bool isWhole) = StartOf(path);
        Utf8JsonReader reader = new(JsonText.WithoutBom(start).Span, isFinalBlock: isWhole, new JsonReaderState());
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("nodes") || reader.ValueTextEquals("edges") || reader.ValueTextEquals("cfg"))
                {
                    return true;
                }

                if (!reader.TrySkip())
                {
                    return false;
                }
            }
        }
        catch (JsonException) { } // the reader of its kind says it better

        return false;
    }

    private static (byte[] Start, bool IsWhole) StartOf(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] start = new byte[Math.Min(FirstBytes, file.Length)];
            file.ReadExactly(start);
            return (start, start.Length == file.Length);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new InvalidExperimentException(
                $"'{path}': the file cannot be read ({MessageText.OneLine(cause.Message).TrimEnd('.')}); see where the link leads, or who may read it."
            );
        }
    }

    private static InvalidExperimentException PartOfModel(string path) =>
        new($"'{path}': this is one file of a model's folder, and says nothing alone; name the folder.");

    private static InvalidExperimentException Unknown(string folder) =>
        new(
            $"'{folder}': the folder holds neither a model ('config.json' with safetensors) nor an adapter ('adapter_config.json'); name a file in it, or another folder."
        );
}
