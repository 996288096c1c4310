using System.Collections.Immutable;

namespace CircuitPipeline.Pipeline.Store;

/// <summary>A record as it lies on the disk, with a checksum over its meaning: one changed digit is noticed.</summary>
internal sealed record RecordFile(
    int Format,
    string Digest,
    KeyFile Key,
    RecordFile.Output[] Outputs,
    Dictionary<string, string> Provenance,
    string Checksum
)
{
    public static RecordFile Of(ItemRecord record) =>
        new(
            ItemKey.FormatVersion,
            record.Key.Digest.ToString(),
            KeyFile.Of(record.Key),
            [.. record.Outputs.Select(file => new Output(file.Name, file.Digest.ToString(), file.Bytes))],
            StoreJson.Ordered(record.Provenance),
            ChecksumOf(record)
        );

    /// <summary>The record, or why this file is none, as a phrase.</summary>
    public (ItemRecord? Record, string? Problem) ToRecord()
    {
        if (Format != ItemKey.FormatVersion)
        {
            return (null, $"its format is {Format}, and this version reads {ItemKey.FormatVersion}");
        }

        if (Key.ToKey() is not { } key || StoreJson.Sorted(Provenance) is not { } provenance)
        {
            return (null, "a value is null");
        }

        if (key.Digest.ToString() != Digest)
        {
            return (null, "its digest is not that of its key");
        }

        ImmutableArray<StoredFile>.Builder outputs = ImmutableArray.CreateBuilder<StoredFile>();
        foreach (Output? output in Outputs)
        {
            if (output is null || !PathSegment.IsInnerPath(output.Name) || output.Bytes < 0)
            {
                return (
                    null,
                    $"output '{MessageText.OneLine(output?.Name)}' is not a name inside the item's folder with a size"
                );
            }

            if (!Store.Digest.TryParse(output.Sha256, out Digest digest))
            {
                return (null, $"'{MessageText.OneLine(output.Sha256)}' is not a SHA-256 digest");
            }

            outputs.Add(new StoredFile(output.Name, digest, output.Bytes));
        }
        ItemRecord record = new(key, outputs.ToImmutable(), provenance);
        return ChecksumOf(record) == Checksum ? (record, null) : (null, "its checksum does not fit its contents");
    }

    private static string ChecksumOf(ItemRecord record)
    {
        using CanonicalEncoding encoding = new();
        encoding.Add("circuitpipeline.store.record").Add(record.Key.Digest.ToString()).Add(record.Outputs.Length);
        foreach (StoredFile file in record.Outputs)
        {
            encoding.Add(file.Name).Add(file.Digest.ToString()).Add(file.Bytes);
        }

        return encoding.Add(record.Provenance).ToDigest().ToString();
    }

    public sealed record Output(string Name, string Sha256, long Bytes);
}
