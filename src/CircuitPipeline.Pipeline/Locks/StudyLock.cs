using System.Collections.Immutable;
using System.Text.Json;
using CircuitPipeline.Pipeline.Store;

namespace CircuitPipeline.Pipeline.Locks;

/// <summary>The committed memory of a study, <c>experiments/STUDY.lock.json</c>: which key gave which bytes, on what.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="On">What it ran on.</param>
/// <param name="Engine">The tensor engine with which it ran.</param>
/// <param name="Items">What each item made, by <c>STAGE/ITEM</c>.</param>
public sealed record StudyLock(
    string Study,
    LockedOn On,
    string Engine,
    ImmutableSortedDictionary<string, LockedItem> Items
)
{
    /// <summary>The lock of a study that has made nothing yet.</summary>
    public static StudyLock Empty(string study, LockedOn on, string engine) =>
        new(study, on, engine, ImmutableSortedDictionary.Create<string, LockedItem>(StringComparer.Ordinal));

    /// <summary>This lock with these records in place of what it held for their items.</summary>
    public StudyLock With(IEnumerable<ItemRecord> records) =>
        this with
        {
            Items = Items.SetItems(
                records.Select(record => KeyValuePair.Create(NameOf(record), LockedItem.Of(record)))
            ),
        };

    /// <summary>Reads a lock file.</summary>
    /// <exception cref="InvalidDataException">The file is no lock; the message is one sentence with its name.</exception>
    public static StudyLock Read(string path)
    {
        try
        {
            return StoreJson.ReadLock(SmallFile.Read(path)).ToLock();
        }
        catch (JsonException wrong)
        {
            string place = wrong.LineNumber is { } line ? $"({line + 1},{wrong.BytePositionInLine + 1})" : "";
            throw NoLock($"{path}{place}", "it is not the JSON of a lock");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw NoLock(path, MessageText.OneLine(unreadable.Message).TrimEnd('.'));
        }
        catch (FormatException wrong)
        {
            throw NoLock(path, wrong.Message);
        }
    }

    /// <summary>Writes the lock file, whole or not at all; an equal file is left as it is.</summary>
    /// <returns>Whether the file changed.</returns>
    public bool Write(string path)
    {
        byte[] bytes = [.. StoreJson.Write(StudyLockFile.Of(this)), (byte)'\n'];
        if (new FileInfo(path) is { Exists: true } old && old.Length == bytes.Length && HasBytes(path, bytes))
        {
            return false;
        }

        DurableFile.Write(path + ".tmp", Path.GetFullPath(path), bytes);
        return true;
    }

    /// <summary>Compares what ran now with what the lock holds.</summary>
    /// <param name="records">What ran, or was cached, now; the lock's other items are not looked at.</param>
    /// <param name="on">What it ran on.</param>
    /// <param name="engine">The tensor engine of this run.</param>
    public LockComparison Compare(IEnumerable<ItemRecord> records, LockedOn on, string engine) =>
        new(
            On,
            on,
            Engine == engine,
            [
                .. records
                    .Select(Difference)
                    .OfType<LockDifference>()
                    .OrderBy(found => found.Item, StringComparer.Ordinal),
            ]
        );

    private LockDifference? Difference(ItemRecord record)
    {
        string name = NameOf(record);
        if (!Items.TryGetValue(name, out LockedItem? locked))
        {
            return new LockDifference(name, LockDifferenceKind.NotLocked, "it is not in the lock");
        }

        if (locked.Key != record.Key.Digest)
        {
            return new LockDifference(
                name,
                LockDifferenceKind.OtherKey,
                $"its key is {record.Key.Digest.Short}…, and the lock has {locked.Key.Short}…"
            );
        }

        string[] files = [.. locked.FilesThatDifferFrom(LockedItem.Of(record))];
        return files.Length == 0
            ? null
            : new LockDifference(
                name,
                LockDifferenceKind.OtherBytes,
                $"same key, other bytes: {string.Join(", ", files.Select(file => $"'{file}'"))}"
            );
    }

    private static bool HasBytes(string path, byte[] bytes) => File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes);

    private static string NameOf(ItemRecord record) => $"{record.Key.Stage}/{record.Key.Item}";

    private static InvalidDataException NoLock(string where, string why) =>
        new($"{where}: this lock cannot be read: {why}; restore it from git, or write it anew with --update-lock.");
}

/// <summary>What decides, beside a key, whether bytes must be equal.</summary>
/// <param name="Processor">The processor class.</param>
/// <param name="Numerics">Which of its instructions were used: <c>fast</c> or <c>reproducible</c>.</param>
public sealed record LockedOn(string Processor, string Numerics)
{
    /// <summary>The numerics with which all processors give the same bytes.</summary>
    public const string Reproducible = "reproducible";

    /// <summary>Whether a run there must give the bytes of a run here.</summary>
    /// <param name="other">There.</param>
    public bool GivesTheBytesOf(LockedOn other) =>
        Numerics == other.Numerics && (Numerics == Reproducible || Processor == other.Processor);
}

/// <summary>What one work item made, as a study's lock holds it.</summary>
/// <param name="Key">The digest of its key.</param>
/// <param name="Outputs">The digest of each file it made, by name.</param>
public sealed record LockedItem(Digest Key, ImmutableSortedDictionary<string, Digest> Outputs)
{
    internal static LockedItem Of(ItemRecord record) =>
        new(
            record.Key.Digest,
            record.Outputs.ToImmutableSortedDictionary(file => file.Name, file => file.Digest, StringComparer.Ordinal)
        );

    /// <summary>The names of the files that only one of the two has, or that differ.</summary>
    internal IEnumerable<string> FilesThatDifferFrom(LockedItem other) =>
        Outputs
            .Except(other.Outputs)
            .Concat(other.Outputs.Except(Outputs))
            .Select(file => file.Key)
            .Distinct()
            .Order(StringComparer.Ordinal);
}
