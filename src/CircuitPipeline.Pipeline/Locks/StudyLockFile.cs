using System.Collections.Immutable;
using CircuitPipeline.Pipeline.Store;

namespace CircuitPipeline.Pipeline.Locks;

/// <summary>A study's lock as it lies on the disk.</summary>
internal sealed record StudyLockFile(
    int Format,
    string Study,
    string Processor,
    string Numerics,
    string Engine,
    Dictionary<string, StudyLockFile.Item> Items
)
{
    /// <summary>The format that this version writes and reads; since 2 it says the numerics.</summary>
    public const int FormatVersion = 2;

    public static StudyLockFile Of(StudyLock studyLock) =>
        new(
            FormatVersion,
            studyLock.Study,
            studyLock.On.Processor,
            studyLock.On.Numerics,
            studyLock.Engine,
            new(
                studyLock
                    .Items.OrderBy(item => item.Key, StringComparer.Ordinal)
                    .Select(item => KeyValuePair.Create(item.Key, Of(item.Value)))
            )
        );

    /// <summary>The lock; a <see cref="FormatException"/> says, as a phrase, why this file is none.</summary>
    public StudyLock ToLock() =>
        new(
            Study,
            new LockedOn(Processor, Numerics),
            Engine,
            Items.ToImmutableSortedDictionary(
                item => item.Key,
                item => ToItem(item.Key, item.Value),
                StringComparer.Ordinal
            )
        );

    private static Item Of(LockedItem item) =>
        new(
            item.Key.ToString(),
            StoreJson.Ordered(item.Outputs.Select(file => KeyValuePair.Create(file.Key, file.Value.ToString())))
        );

    private static LockedItem ToItem(string name, Item? item) =>
        item is null
            ? throw new FormatException($"item '{MessageText.OneLine(name)}' is null")
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
            : throw new FormatException(
                $"item '{MessageText.OneLine(name)}' has '{MessageText.OneLine(text)}' where a SHA-256 digest belongs"
            );

    public sealed record Item(string Key, Dictionary<string, string> Outputs);
}
