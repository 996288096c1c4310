using System.Collections.Immutable;

namespace CircuitPipeline.Pipeline.Store;

/// <summary>What a full check of the store found.</summary>
/// <param name="Records">How many records were read.</param>
/// <param name="Blobs">How many blobs were hashed.</param>
/// <param name="Bytes">How many bytes those blobs have.</param>
/// <param name="Problems">One sentence per damaged record or blob and per missing blob; empty when all is whole.</param>
public sealed record StoreCheck(int Records, int Blobs, long Bytes, ImmutableArray<string> Problems)
{
    internal static StoreCheck Of(StoreLayout layout, BlobFolder blobs, CancellationToken cancellation)
    {
        ImmutableArray<string>.Builder problems = ImmutableArray.CreateBuilder<string>();
        (int blobCount, long bytes) = (0, 0);
        foreach (string path in FilesIn(layout.Blobs))
        {
            cancellation.ThrowIfCancellationRequested();
            blobCount++;
            bytes += new FileInfo(path).Length;
            string name = Path.GetFileName(path);
            if (!Digest.TryParse(name, out Digest expected) || layout.Blob(expected) != path)
            {
                problems.Add($"'{path}' is not named by a digest, so it is no blob; remove it.");
            }
            else if (blobs.Hash(expected, hashAlways: true) is var found && found != expected)
            {
                problems.Add(
                    $"Blob {expected.Short}… is damaged: expected SHA-256 {expected.Short}…, found "
                        + $"{found?.Short ?? "nothing readable"}…; the next run makes it again."
                );
            }
        }
        int records = 0;
        foreach (string path in FilesIn(layout.Records))
        {
            cancellation.ThrowIfCancellationRequested();
            records++;
            (ItemRecord? record, string? problem) = RecordFolder.Read(path);
            if (record is not null && layout.Record(record.Key) != path)
            {
                problem = "it belongs to another key";
            }

            if (problem is not null)
            {
                problems.Add($"Record '{path}' is damaged: {problem}; the next run makes it again.");
            }

            foreach (StoredFile file in record?.Outputs ?? [])
            {
                if (FileStamp.Of(layout.Blob(file.Digest))?.Bytes != file.Bytes)
                {
                    problems.Add(
                        $"Record '{path}' names blob {file.Digest.Short}… ({file.Name}) of {file.Bytes} bytes, which is "
                            + "missing or has another size; the next run makes it again."
                    );
                }
            }
        }
        return new StoreCheck(records, blobCount, bytes, problems.ToImmutable());
    }

    private static IEnumerable<string> FilesIn(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : [];
}
