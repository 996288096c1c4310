using System.Collections.Immutable;
using CircuitPipeline.Hub.Cache;

namespace CircuitPipeline.Hub.Download;

/// <summary>Brings models from the Hub into its cache on this machine, where Python's huggingface_hub finds them too.</summary>
/// <remarks>
/// 1. The Hub says the revision's commit and files. 2. Of each file that is needed it says digest and size. 3. Each that is
/// not there with that size is brought under the lock that huggingface_hub takes too, checked, and linked from the commit's snapshot. 4. When all are there, the
/// revision's name in <c>refs</c> is set to the commit.
/// </remarks>
/// <param name="cacheFolder">The cache, as <see cref="HubEnvironment.CacheFolder"/> says.</param>
/// <param name="endpoint">Where to ask, as <see cref="HubEnvironment.Endpoint"/> says.</param>
/// <param name="token">The user's token; null for none.</param>
/// <param name="limits">How long and how often.</param>
/// <param name="time">The clock.</param>
public sealed class HubDownload(string cacheFolder, Uri endpoint, HubToken? token, HubLimits limits, TimeProvider time)
{
    /// <summary>Brings a model's files; those that are there already with the size, or the digest, that the Hub says are not brought again.</summary>
    /// <param name="id">The model.</param>
    /// <param name="selection">Which files.</param>
    /// <param name="report">Called with the progress, often.</param>
    /// <param name="note">Called with a line whenever something has to be waited for.</param>
    /// <param name="cancellation">Stops it; what is there is kept, and the next call goes on.</param>
    /// <exception cref="HubException">The Hub refuses, cannot be reached, or sends what it did not promise; or the cache cannot be written.</exception>
    /// <exception cref="InvalidDataException">The repository has no model that can be read, or leads out of its folder.</exception>
    public async Task<FetchedModel> Fetch(
        HubModelId id,
        FetchSelection selection,
        Action<FetchProgress>? report = null,
        Action<string>? note = null,
        CancellationToken cancellation = default
    )
    {
        try
        {
            return await FetchAll(id, selection, report, note, cancellation);
        }
        catch (Exception cause) when (cause is IOException and not HubException or UnauthorizedAccessException)
        {
            throw new HubException(
                $"the Hub's cache '{Path.GetFullPath(cacheFolder)}' cannot be used ({MessageText.OneLine(cause.Message).TrimEnd('.')}); mend what is in its way there, or let HF_HUB_CACHE name a folder that can be written, and run the same command again."
            );
        }
    }

    private async Task<FetchedModel> FetchAll(
        HubModelId id,
        FetchSelection selection,
        Action<FetchProgress>? report,
        Action<string>? note,
        CancellationToken cancellation
    )
    {
        using HubConnection connection = new(endpoint, token, limits);
        HubRequests requests = new(connection, id, limits, time, note);
        ModelListing listing = await requests.Listing(cancellation);
        CacheLayout layout = new(cacheFolder, id.Name);
        HubSnapshot snapshot = new(id, listing.Commit, layout);
        SnapshotFiller filler = new(snapshot, layout, requests, limits, time, selection.Verifies, report, note);

        ImmutableArray<string> leftOut = [];
        if (!selection.Patterns.IsEmpty)
        {
            ImmutableArray<string> matching = ModelFiles.Matching(listing, selection.Patterns, id);
            leftOut = [.. matching.Where(ModelFiles.IsPickle)];
            await filler.Bring(matching.RemoveRange(leftOut), cancellation);
        }
        else
        {
            await BringModel(filler, listing, selection.Weights, cancellation);
        }

        if (id.Revision != listing.Commit)
        {
            RefFile.Write(layout.Ref(id.Revision), listing.Commit);
        }

        return new FetchedModel(snapshot, filler.Files, leftOut, AdapterBase.Of(snapshot));
    }

    private static async Task BringModel(
        SnapshotFiller filler,
        ModelListing listing,
        bool hasWeights,
        CancellationToken cancellation
    )
    {
        HubSnapshot snapshot = filler.Snapshot;
        ImmutableArray<string> described = ModelFiles.Described(listing, snapshot.Id);
        string? weights = hasWeights ? ModelFiles.WeightsOrIndex(listing, snapshot.Id) : null;
        bool hasIndex = weights == ModelFiles.Index;
        await filler.Bring(hasIndex ? described.Add(ModelFiles.Index) : described, cancellation);
        if (weights is null)
        {
            return;
        }

        string[] shards = hasIndex
            ? ModelFiles.Shards(listing, Path.Combine(snapshot.Folder, ModelFiles.Index), snapshot.Id)
            : [weights];
        await filler.Bring([.. shards], cancellation);
    }
}
