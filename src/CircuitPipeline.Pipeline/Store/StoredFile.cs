namespace CircuitPipeline.Pipeline.Store;

/// <summary>One file that a work item made.</summary>
/// <param name="Name">Its path in the item's folder, with <c>/</c> between segments.</param>
/// <param name="Digest">The digest of its bytes; the name of its blob.</param>
/// <param name="Bytes">Its size in bytes.</param>
public sealed record StoredFile(string Name, Digest Digest, long Bytes);
