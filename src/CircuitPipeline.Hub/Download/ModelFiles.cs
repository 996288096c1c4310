using System.Collections.Immutable;
using System.IO.Enumeration;

namespace CircuitPipeline.Hub.Download;

/// <summary>Which files of a repository are needed to compute with its model, and by which names.</summary>
internal static class ModelFiles
{
    internal const string Config = "config.json";
    internal const string Weights = "model.safetensors";
    internal const string Index = ShardIndex.FileName;
    internal const string AdapterConfig = "adapter_config.json";

    private const string AdapterWeights = "adapter_model.safetensors";
    private const string WeightsEnding = ".safetensors";
    private const string TokenizerJson = "tokenizer.json";
    private const string SentencePiece = "tokenizer.model";
    private const int Listed = 8;

    private static readonly string[] Small =
    [
        Config,
        AdapterConfig,
        "vocabulary.json",
        TokenizerJson,
        "tokenizer_config.json",
        "special_tokens_map.json",
        "added_tokens.json",
        "vocab.json",
        "merges.txt",
    ];

    // What runs code when Python reads it.
    private static readonly string[] PickleEndings =
    [
        ".bin",
        ".pt",
        ".pth",
        ".ckpt",
        ".pkl",
        ".pickle",
        ".joblib",
        ".dill",
    ];

    /// <summary>Whether a file is a pickle by its name.</summary>
    internal static bool IsPickle(string path) =>
        Array.Exists(PickleEndings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Files that match one of the patterns, pickles among them.</summary>
    /// <exception cref="InvalidDataException">None does, or one leads out of the folder.</exception>
    internal static ImmutableArray<string> Matching(
        ModelListing listing,
        ImmutableArray<string> patterns,
        HubModelId id
    )
    {
        foreach (string pattern in patterns)
        {
            if (!listing.Files.Any(file => Matches(pattern, file)))
            {
                throw new InvalidDataException(
                    $"'{id}' has no file that matches {MessageText.Quoted(pattern)}; it has {string.Join(", ", listing.Files.Take(Listed).Select(MessageText.Quoted))}{(listing.Files.Length > Listed ? $" and {listing.Files.Length - Listed} others" : "")}."
                );
            }
        }

        ImmutableArray<string> found =
        [
            .. listing.Files.Where(file => patterns.Any(pattern => Matches(pattern, file))).Distinct(),
        ];
        return found.FirstOrDefault(file => !RepositoryPath.IsInside(file)) is { } outside
            ? throw new InvalidDataException(
                $"'{id}' has a file {MessageText.Quoted(outside)}, whose name leads out of the folder or cannot be one on every system; do not use this model."
            )
            : found;
    }

    /// <summary>Configuration and tokenizer: small files, of which not all are there.</summary>
    /// <exception cref="InvalidDataException">There is no configuration.</exception>
    internal static ImmutableArray<string> Described(ModelListing listing, HubModelId id)
    {
        HashSet<string> there = [.. listing.Files];
        ImmutableArray<string> found = [.. Small.Where(there.Contains)];
        if (!found.Contains(Config) && !found.Contains(AdapterConfig))
        {
            throw new InvalidDataException(
                $"'{id}' is no model that can be read: it has neither '{Config}' nor '{AdapterConfig}'; name another, or say with '--include' which files you want."
            );
        }

        // Not read, but it tells what has to be converted.
        return !found.Contains(TokenizerJson) && there.Contains(SentencePiece) ? found.Add(SentencePiece) : found;
    }

    /// <summary>The file of weights, or the index of several.</summary>
    /// <exception cref="InvalidDataException">The weights have another form only.</exception>
    internal static string WeightsOrIndex(ModelListing listing, HubModelId id)
    {
        HashSet<string> there = [.. listing.Files];
        bool isAdapter = !there.Contains(Config);
        string[] wanted = isAdapter ? [AdapterWeights] : [Weights, Index];
        if (Array.Find(wanted, there.Contains) is { } found)
        {
            return found;
        }

        string? pickle = listing.Files.FirstOrDefault(file => IsPickle(file) && RepositoryPath.IsInside(file));
        throw new InvalidDataException(
            pickle is null
                ? $"'{id}' has no weights as safetensors ('{string.Join("' or '", wanted)}'); name another model or revision."
                : $"'{id}' has its weights only as pickles ('{pickle}'), which run code when they are read and are never brought; where you trust them, convert them with {Conversion(id, isAdapter)} and name that folder."
        );
    }

    /// <summary>The shards of an index: files that the repository has, under names that stay in its folder, and no pickles.</summary>
    /// <exception cref="InvalidDataException">The index lists something else.</exception>
    internal static string[] Shards(ModelListing listing, string index, HubModelId id)
    {
        string[] shards = ShardIndex.Read(index);
        return Array.Find(shards, shard => !IsShard(shard, listing)) is { } other
            ? throw new InvalidDataException(
                $"'{id}' lists {MessageText.Quoted(other)} in '{Index}', but has no safetensors file of that name; name another model or revision."
            )
            : shards;
    }

    private static bool IsShard(string name, ModelListing listing) =>
        RepositoryPath.IsInside(name)
        && name.EndsWith(WeightsEnding, StringComparison.Ordinal)
        && listing.Files.Contains(name);

    private static string Conversion(HubModelId id, bool isAdapter)
    {
        string revision = id.Revision == HubModelId.DefaultRevision ? "" : $", revision='{id.Revision}'";
        return isAdapter
            ? $"python -c \"from peft import AutoPeftModelForCausalLM as M; M.from_pretrained('{id.Name}'{revision}).save_pretrained('FOLDER')\""
            : $"python -c \"from transformers import AutoModelForCausalLM as M, AutoTokenizer as T; [k.from_pretrained('{id.Name}'{revision}).save_pretrained('FOLDER') for k in (M, T)]\"";
    }

    private static bool Matches(string pattern, string file) =>
        FileSystemName.MatchesSimpleExpression(pattern, file, ignoreCase: false);
}
