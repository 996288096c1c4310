using System.Collections.Immutable;
using CircuitPipeline.Hub.Cache;

namespace CircuitPipeline.Hub.Download;

/// <summary>Brings files of one commit into its snapshot, one after the other.</summary>
internal sealed class SnapshotFiller(
    HubSnapshot snapshot,
    CacheLayout layout,
    HubRequests requests,
    HubLimits limits,
    TimeProvider time,
    bool verifies,
    Action<FetchProgress>? report,
    Action<string>? note
)
{
    private readonly List<FetchedFile> _files = [];

    /// <summary>The snapshot.</summary>
    internal HubSnapshot Snapshot => snapshot;

    /// <summary>The files so far, those that were there among them.</summary>
    internal ImmutableArray<FetchedFile> Files => [.. _files];

    /// <summary>Brings files that are not there, or are there with another size or, where that is asked for, another digest.</summary>
    /// <param name="paths">Their paths in the repository, which stay in its folder.</param>
    /// <param name="cancellation">Stops it.</param>
    internal async Task Bring(ImmutableArray<string> paths, CancellationToken cancellation)
    {
        List<RemoteFile> missing = [];
        foreach (string path in paths)
        {
            RemoteFile file = await requests.Describe(path, snapshot.Commit, cancellation);
            if (!snapshot.Has(path))
            {
                missing.Add(file);
            }
            else if (Wrong(file, PathOf(path), cancellation) is { } wrong)
            {
                note?.Invoke($"'{path}' is there, but {wrong}; bringing it anew");
                missing.Add(file);
            }
            else
            {
                _files.Add(new FetchedFile(path, file.Bytes, 0));
            }
        }

        if (missing.Count == 0)
        {
            return;
        }

        Directory.CreateDirectory(layout.Blobs);
        MustHaveRoom(missing);
        long total = missing.Sum(file => file.Bytes);
        long done = 0;
        long begin = time.GetTimestamp();
        long brought = 0;
        foreach (RemoteFile file in missing)
        {
            long came = await Bring(
                file,
                bytes => Report(file, done + bytes, total, brought + bytes, begin),
                cancellation
            );
            (done, brought) = (done + file.Bytes, brought + came);
            _files.Add(new FetchedFile(file.Path, file.Bytes, came));
        }
    }

    private async Task<long> Bring(RemoteFile file, Action<long> moved, CancellationToken cancellation)
    {
        string blob = layout.Blob(file.Etag);
        using BlobLock held = await BlobLock.Take(
            layout.Lock(file.Etag),
            () => note?.Invoke($"another process brings '{file.Path}'; waiting for it"),
            time,
            cancellation
        );
        long brought = 0;
        if (!File.Exists(blob) || Wrong(file, blob, cancellation) is not null)
        {
            string part = blob + ".incomplete";
            BlobDownload download = new(requests, limits, time, note, file);
            await download.Run(part, snapshot.Commit, moved, cancellation);
            new FileInfo(part).MoveTo(blob, overwrite: true); // where that fails, the part stays for the next try
            brought = download.Brought;
        }

        SnapshotLinks.MustBeFolders(snapshot.Folder, file.Path);
        SnapshotLink.Make(blob, PathOf(file.Path));
        return brought;
    }

    // What is wrong with a file that is there: a clause; null for nothing.
    private string? Wrong(RemoteFile file, string path, CancellationToken cancellation)
    {
        string? target = new FileInfo(path).LinkTarget;
        string blob = Path.GetFullPath(layout.Blob(file.Etag));
        return target is not null && Path.GetFullPath(target, Path.GetDirectoryName(Path.GetFullPath(path))!) != blob
                ? "links to other bytes"
            : SnapshotLink.Length(path) is var bytes && bytes != file.Bytes
                ? $"has {bytes} bytes instead of {file.Bytes}"
            : verifies && BlobDigest.OfFile(file, path, cancellation) != file.Etag ? "has another digest"
            : null;
    }

    private void Report(RemoteFile file, long done, long total, long brought, long begin)
    {
        double speed = brought / Math.Max(time.GetElapsedTime(begin).TotalSeconds, 1e-3);
        report?.Invoke(
            new FetchProgress(file.Path, done, total, TimeSpan.FromSeconds((total - done) / Math.Max(speed, 1)))
        );
    }

    private void MustHaveRoom(List<RemoteFile> missing)
    {
        long needed = missing.Sum(file => Math.Max(0, file.Bytes - PartOf(file)));
        long free = FreeBytes(layout.Blobs);
        if (needed > free)
        {
            throw new HubException(
                $"'{snapshot.Id}' needs {needed} bytes more in '{layout.Blobs}', but its disk has {free} free; make room, or let HF_HUB_CACHE name a folder on another disk."
            );
        }
    }

    private long PartOf(RemoteFile file) =>
        File.Exists(layout.Blob(file.Etag)) ? file.Bytes
        : new FileInfo(layout.Blob(file.Etag) + ".incomplete") is { Exists: true } part ? part.Length
        : 0;

    private static long FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue; // a file system that does not say it; the write does
        }
    }

    private string PathOf(string path) => Path.Combine([snapshot.Folder, .. path.Split('/')]);
}
