using System.Collections.Immutable;
using CircuitPipeline.Hub.Cache;

namespace CircuitPipeline.Hub.Download;

/// <summary>A model that was brought, or was there.</summary>
/// <param name="Snapshot">Where it is, and which commit.</param>
/// <param name="Files">Its files that were asked for.</param>
/// <param name="LeftOut">Files that matched a pattern and are pickles, which are never brought.</param>
/// <param name="Base">For an adapter: the name of its base model, as the adapter says; null for a model.</param>
public sealed record FetchedModel(
    HubSnapshot Snapshot,
    ImmutableArray<FetchedFile> Files,
    ImmutableArray<string> LeftOut,
    string? Base
);

/// <summary>One file of it.</summary>
/// <param name="Path">Its path in the repository.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Brought">How much of it came over the network just now; 0 where it was there.</param>
public sealed record FetchedFile(string Path, long Bytes, long Brought);
