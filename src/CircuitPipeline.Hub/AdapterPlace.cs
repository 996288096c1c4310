using CircuitPipeline.Hub.Cache;
using CircuitPipeline.Hub.Download;

namespace CircuitPipeline.Hub;

/// <summary>A PEFT adapter's folder.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Hub">The snapshot that it is; null for a folder.</param>
/// <param name="BaseModel">The base model as its configuration names it; null where it does not.</param>
/// <param name="Revision">The base model's revision, likewise.</param>
public sealed record AdapterPlace(string Folder, HubSnapshot? Hub, string? BaseModel, string? Revision)
{
    private const int FoldersAround = 4; // artifacts/STUDY/STAGE/ITEM/CHECKPOINT

    /// <summary>The base model with its revision, as an id is written.</summary>
    internal string BaseId =>
        Revision is { Length: > 0 } revision && !BaseModel!.Contains('@') ? $"{BaseModel}@{revision}" : BaseModel!;

    /// <summary>Whether the configuration could be read for what it says of the base model.</summary>
    internal bool IsRead { get; private init; } = true;

    /// <summary>A sentence where the adapter was made for another model than this one, as far as ids, revisions and the folders around it tell; null otherwise.</summary>
    /// <param name="place">The model that it is put over.</param>
    public string? Mismatch(ModelPlace place) =>
        BaseModel is { Length: > 0 } && (place.Hub is { } hub ? IsForOther(hub) : IsForOther(place.Folder))
            ? $"the adapter '{MessageText.OneLine(Folder)}' was made for {MessageText.Quoted(BaseId)}, and is put over '{MessageText.OneLine(place.Hub?.Id.ToString() ?? place.Folder)}'."
            : null;

    internal static AdapterPlace? In(ModelPlace place)
    {
        string config = Path.Combine(place.Folder, ModelFiles.AdapterConfig);
        if (!File.Exists(config))
        {
            return null;
        }

        (bool isRead, string? name, string? revision) = AdapterBase.In(config);
        return new AdapterPlace(place.Folder, place.Hub, name, revision) { IsRead = isRead };
    }

    /// <summary>Whether a path is this very folder.</summary>
    internal bool Is(string path) => Final(path) == Final(Folder);

    /// <summary>
    /// The base model's folder where its name leads to one from this folder or those above; null otherwise. PEFT takes a relative path from where the process
    /// runs, as from a study's folder; the adapter lies in it or beside it. A folder that only has the name, as that of runs, is passed over.
    /// </summary>
    internal string? NearFolder() =>
        Around(BaseModel!.Contains('\0') ? null : Path.GetFullPath(Folder))
            .Select(folder => Path.GetFullPath(Path.Combine(folder, BaseModel!)))
            .FirstOrDefault(folder =>
                File.Exists(Path.Combine(folder, ModelFiles.Config))
                || (File.Exists(Path.Combine(folder, ModelFiles.AdapterConfig)) && !Is(folder))
            );

    private bool IsForOther(HubSnapshot hub) =>
        HubModelId.TryParse(BaseId) is { } id
        && (
            !string.Equals(id.Name, hub.Id.Name, StringComparison.OrdinalIgnoreCase)
            || (
                BaseId.Contains('@')
                && id.Revision != hub.Id.Revision
                && !hub.Commit.StartsWith(id.Revision, StringComparison.Ordinal)
            )
        );

    private bool IsForOther(string folder) => IsRead && NearFolder() is { } near && Final(near) != Final(folder);

    private static IEnumerable<string> Around(string? folder)
    {
        string? above = folder;
        for (int level = 0; level <= FoldersAround && above is not null; level++)
        {
            yield return above;
            above = Path.GetDirectoryName(above);
        }
    }

    private static string Final(string folder)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return Directory.Exists(full)
            ? Directory.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full
            : full;
    }
}
