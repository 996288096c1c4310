using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace CircuitPipeline.Pipeline.Store;

/// <summary>Remembers the stamp under which each blob last hashed right, so that a run in which nothing changed hashes nothing.</summary>
/// <remarks>
/// One small text file per first two digits: <c>digest size modified changed inode</c>. Losing one, or a line to a concurrent
/// writer, costs a rehash and nothing else; so there is no lock, and a line that is not whole is not read.
/// </remarks>
internal sealed class BlobStamps(string folder)
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<Digest, FileStamp>> _shards = new();

    public bool Knows(Digest digest, FileStamp stamp) =>
        Shard(digest).TryGetValue(digest, out FileStamp known) && known == stamp;

    public void Keep(Digest digest, FileStamp stamp) => Change(digest, stamps => stamps[digest] = stamp);

    public void Forget(Digest digest) => Change(digest, stamps => stamps.TryRemove(digest, out _));

    private void Change(Digest digest, Action<ConcurrentDictionary<Digest, FileStamp>> change)
    {
        ConcurrentDictionary<Digest, FileStamp> shard = Shard(digest);
        lock (shard)
        {
            foreach ((Digest other, FileStamp stamp) in Read(PathOf(Name(digest))))
            {
                shard.TryAdd(other, stamp); // written by another process since
            }

            change(shard);
            Write(PathOf(Name(digest)), shard);
        }
    }

    private ConcurrentDictionary<Digest, FileStamp> Shard(Digest digest) =>
        _shards.GetOrAdd(Name(digest), name => new(Read(PathOf(name))));

    private string PathOf(string name) => Path.Combine(folder, name);

    private static string Name(Digest digest) => digest.ToString()[..2];

    private static Dictionary<Digest, FileStamp> Read(string path)
    {
        Dictionary<Digest, FileStamp> stamps = new();
        string[] lines;
        try
        {
            lines = File.Exists(path) ? SmallFile.Lines(path) : [""];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return stamps;
        }
        foreach (string line in lines[..^1])
        {
            string[] fields = line.Split(' ');
            if (
                fields.Length == 5
                && Digest.TryParse(fields[0], out Digest digest)
                && IsNumber(fields[1], out long bytes)
                && IsNumber(fields[2], out long modified)
                && IsNumber(fields[3], out long changed)
                && ulong.TryParse(fields[4], NumberStyles.None, CultureInfo.InvariantCulture, out ulong inode)
            )
            {
                stamps[digest] = new FileStamp(bytes, modified, changed, inode);
            }
        }
        return stamps;
    }

    private static bool IsNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    private static void Write(string path, IEnumerable<KeyValuePair<Digest, FileStamp>> stamps)
    {
        StringBuilder text = new();
        foreach ((Digest digest, FileStamp stamp) in stamps.OrderBy(pair => pair.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"{digest} {stamp}\n");
        }

        try
        {
            // One name, so that kills leave at most one file.
            DurableFile.WriteUnflushed(path + ".tmp", path, Encoding.ASCII.GetBytes(text.ToString()));
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
        {
            // Another process writes the same shard, or the store is read-only: a later run hashes again.
        }
    }
}
