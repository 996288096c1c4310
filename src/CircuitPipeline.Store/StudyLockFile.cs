using System.Collections.Immutable;

namespace CircuitPipeline.Store;

/// <summary>Turns a lock into its file's shape and back.</summary>
internal static class StudyLockFile
{
    public static LockFile Of(StudyLock studyLock) =>
        new(
            ItemKey.FormatVersion,
            studyLock.Study,
            studyLock.Processor,
            studyLock.Engine,
            new(
                studyLock
                    .Items.OrderBy(item => item.Key, StringComparer.Ordinal)
                    .Select(item => KeyValuePair.Create(item.Key, Of(item.Value)))
            )
        );

    public static StudyLock ToLock(LockFile file)
    {
        if (file.Format != ItemKey.FormatVersion)
            throw new FormatException($"its format is {file.Format}, and this version reads {ItemKey.FormatVersion}");
        return new StudyLock(
            file.Study,
            file.Processor,
            file.Engine,
            file.Items.ToImmutableSortedDictionary(
                item => item.Key,
                item => ToItem(item.Key, item.Value),
                StringComparer.Ordinal
            )
        );
    }

    private static LockFile.Item Of(LockedItem item) =>
        new(
            item.Key.ToString(),
            StoreJson.Ordered(item.Outputs.Select(file => KeyValuePair.Create(file.Key, file.Value.ToString())))
        );

    private static LockedItem ToItem(string name, LockFile.Item? item) =>
        item is null
            ? throw new FormatException($"item '{name}' is null")
            : new LockedItem(
                ToDigest(name, item.Key),
                item.Outputs.ToImmutableSortedDictionary(
                    file => file.Key,
                    file => ToDigest(name, file.Value),
                    StringComparer.Ordinal
                )
            );

    private static Digest ToDigest(string name, string? text) =>
        Digest.TryParse(text, out Digest digest)
            ? digest
            : throw new FormatException($"item '{name}' has '{text}' where a SHA-256 digest belongs");
}
