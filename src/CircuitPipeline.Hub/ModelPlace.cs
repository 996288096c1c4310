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

    /// <summary>The adapter over the model; null for the model alone.</summary>
    public AdapterPlace? Adapter { get; init; }

    /// <summary>The folders that the model is read from: its own, and the adapter's.</summary>
    public IEnumerable<string> Folders => Adapter is null ? [Folder] : [Folder, Adapter.Folder];

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
        string path =
            relativeTo.Length == 0 || text.Contains('\0')
                ? Path.Combine(relativeTo, text)
                : Path.GetFullPath(text, Path.GetFullPath(relativeTo));
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
        if (!adapter.IsRead)
        {
            throw new InvalidDataException(
                $"{adapter.Folder}: '{ModelFiles.AdapterConfig}' cannot be read, so that its base model is not known; 'dotnet circuit inspect' says what is wrong with it."
            );
        }

        if (adapter.BaseModel is not { Length: > 0 } name)
        {
            throw new InvalidDataException(
                $"{adapter.Folder}: '{ModelFiles.AdapterConfig}' does not say 'base_model_name_or_path'; name the base model, and this folder as its adapter."
            );
        }

        string text = adapter.NearFolder() ?? name;
        string path = Path.Combine(relativeTo, text);
        bool isId = HubModelId.TryParse(name) is not null && (!Path.Exists(path) || adapter.Is(path));
        if (!isId && !Directory.Exists(path))
        {
            throw new InvalidDataException(
                $"{adapter.Folder}: the adapter's base model is {MessageText.Quoted(name)}, but there is no such folder, and it is no id of the Hub; name the base model, and this folder as its adapter."
            );
        }

        if (isId)
        {
            HubSnapshot snapshot = cache.Get(HubModelId.Parse(adapter.BaseId));
            snapshot.MustHave(ModelFiles.Config);
            return new ModelPlace(snapshot.Folder, snapshot);
        }

        ModelPlace found = new(path, null);
        return AdapterPlace.In(found) is null || adapter.Is(path)
            ? found
            : throw new InvalidDataException(
                $"{adapter.Folder}: the adapter's base model {MessageText.Quoted(name)} is an adapter itself; merge that one first, and name the merged model."
            );
    }
}
