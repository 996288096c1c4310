using CircuitPipeline.Hub.Cache;
using CircuitPipeline.Hub.Download;

namespace CircuitPipeline.Hub;

/// <summary>Where a model is that a person names: a folder, a snapshot in the Hub's cache, or an adapter that knows its base model.</summary>
/// <param name="Folder">The folder of the model, or of the adapter's base model; it need not exist where no id is meant.</param>
/// <param name="Hub">The snapshot that this folder is: its id and commit; null for a folder.</param>
public sealed record ModelPlace(string Folder, HubSnapshot? Hub)
{
    /// <summary>How such a place is written, for help.</summary>
    public const string Forms = "DIR|ID";

    private const int FoldersAround = 4; // artifacts/STUDY/STAGE/ITEM/CHECKPOINT

    /// <summary>The adapter over the model; null for the model alone.</summary>
    public AdapterPlace? Adapter { get; init; }

    /// <summary>Finds it: what is a folder or a file is taken as one, and an id of the Hub otherwise; a folder with an <c>adapter_config.json</c> stands for the base model that it names.</summary>
    /// <param name="text">The folder, or the id with <c>@revision</c>.</param>
    /// <param name="adapter">The same of an adapter over this model; null for none beside what the model's own folder holds.</param>
    /// <param name="cache">The Hub's cache.</param>
    /// <param name="relativeTo">The folder that relative paths start from.</param>
    /// <exception cref="InvalidDataException">It could be an id, but neither a folder nor the cache has it; the message says which command brings it.</exception>
    /// <exception cref="InvalidDataException">An adapter is none, its base model cannot be found, or two adapters are named.</exception>
    public static ModelPlace Find(string text, string? adapter, HubCache cache, string relativeTo)
    {
        ModelPlace named = Named(text, cache, relativeTo);
        AdapterPlace? own = AdapterPlace.In(named);
        if (own is null)
        {
            named.Hub?.MustHave(ModelFiles.Config);
        }

        if (adapter is null)
        {
            return own is null ? named : Base(own, cache, relativeTo) with { Adapter = own };
        }

        if (own is not null)
        {
            throw new InvalidDataException(
                $"{named.Folder}: this is an adapter, '{ModelFiles.AdapterConfig}' lies in it, and another one is to be put over it; merge the first one, or name its base model."
            );
        }

        ModelPlace second = Named(adapter, cache, relativeTo);
        return named with
        {
            Adapter =
                AdapterPlace.In(second)
                ?? throw new InvalidDataException(
                    $"{second.Folder}: there is no '{ModelFiles.AdapterConfig}', but an adapter's folder is expected; name the folder that PEFT wrote."
                ),
        };
    }

    /// <summary>Finds the place itself, which need not be of a model: an adapter's folder stands for itself here.</summary>
    /// <param name="text">The folder, or the id with <c>@revision</c>.</param>
    /// <param name="cache">The Hub's cache.</param>
    /// <param name="relativeTo">The folder that relative paths start from.</param>
    /// <exception cref="InvalidDataException">It could be an id, but neither a folder nor the cache has it.</exception>
    public static ModelPlace Named(string text, HubCache cache, string relativeTo)
    {
        string path = Path.Combine(relativeTo, text);
        bool isFolder = Path.Exists(path) || (HubModelId.TryParse(text) is null && !HubModelId.IsAddress(text));
        if (isFolder)
        {
            return new ModelPlace(path, null);
        }

        HubSnapshot snapshot = cache.Get(HubModelId.Parse(text));
        return new ModelPlace(snapshot.Folder, snapshot);
    }

    /// <summary>Refuses a snapshot without weights; what a folder lacks, its reader says.</summary>
    /// <exception cref="InvalidDataException">A file of weights is not there.</exception>
    public void MustHaveWeights() => Hub?.MustHaveWeights();

    // PEFT takes a relative path from where the process runs, as from a study's folder; the adapter lies in it or beside it.
    private static ModelPlace Base(AdapterPlace adapter, HubCache cache, string relativeTo)
    {
        if (adapter.BaseModel is not { Length: > 0 } name)
        {
            throw new InvalidDataException(
                $"{adapter.Folder}: '{ModelFiles.AdapterConfig}' does not say 'base_model_name_or_path'; name the base model, and this folder as its adapter."
            );
        }

        string text =
            Around(Path.GetFullPath(adapter.Folder))
                .Select(folder => Path.Combine(folder, name))
                .FirstOrDefault(Directory.Exists)
            ?? name;
        bool isId = !Path.Exists(Path.Combine(relativeTo, text)) && HubModelId.TryParse(name) is not null;
        if (!isId && !Directory.Exists(Path.Combine(relativeTo, text)))
        {
            throw new InvalidDataException(
                $"{adapter.Folder}: the adapter's base model is {MessageText.Quoted(name)}, but there is no such folder, and it is no id of the Hub; name the base model, and this folder as its adapter."
            );
        }

        string revision = isId && adapter.Revision is { Length: > 0 } of && !name.Contains('@') ? $"@{of}" : "";
        ModelPlace found = Named(text + revision, cache, relativeTo);
        found.Hub?.MustHave(ModelFiles.Config);
        return AdapterPlace.In(found) is null || SameFolder(found.Folder, adapter.Folder)
            ? found
            : throw new InvalidDataException(
                $"{adapter.Folder}: the adapter's base model {MessageText.Quoted(name)} is an adapter itself; merge that one first, and name the merged model."
            );
    }

    private static IEnumerable<string> Around(string folder)
    {
        string? above = folder;
        for (int level = 0; level <= FoldersAround && above is not null; level++)
        {
            yield return above;
            above = Path.GetDirectoryName(above);
        }
    }

    private static bool SameFolder(string one, string other) => Path.GetFullPath(one) == Path.GetFullPath(other);
}

/// <summary>A PEFT adapter's folder.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Hub">The snapshot that it is; null for a folder.</param>
/// <param name="BaseModel">The base model as its configuration names it; null where it does not.</param>
/// <param name="Revision">The base model's revision, likewise.</param>
public sealed record AdapterPlace(string Folder, HubSnapshot? Hub, string? BaseModel, string? Revision)
{
    /// <summary>Whether the adapter was made for another model than this one, as far as ids tell.</summary>
    /// <param name="place">The model that it is put over.</param>
    public bool IsForOther(ModelPlace place) =>
        place.Hub is { } hub
        && BaseModel is { Length: > 0 } name
        && HubModelId.TryParse(name) is { } id
        && !string.Equals(id.Name, hub.Id.Name, StringComparison.OrdinalIgnoreCase);

    internal static AdapterPlace? In(ModelPlace place)
    {
        string config = Path.Combine(place.Folder, ModelFiles.AdapterConfig);
        if (!File.Exists(config))
        {
            return null;
        }

        (string? name, string? revision) = AdapterBase.In(config);
        return new AdapterPlace(place.Folder, place.Hub, name, revision);
    }
}
