using System.Globalization;
using System.Net;
using System.Text;
using CircuitPipeline.Hub;
using CircuitPipeline.Hub.Cache;
using CircuitPipeline.Hub.Download;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.HubCacheOfTests;

/// <summary>What lies in a cache or comes from a server, damaged: ids, refs, answers, headers, indexes, links, names of blobs.</summary>
public sealed class HostileCaches : IDisposable
{
    private const string File1 = "model.safetensors";

    // Hostile reads 500 copies for each seed.
    private const int SeedsOfTenThousand = 20;

    private static readonly string Sha256 = new('5', 64);

    private readonly string _folder = Directory.CreateTempSubdirectory("hub-").FullName;

    public static TheoryData<string> Readers =>
        ["answer", "index", "ref", "header", "id", "adapter", "link", "name of a blob"];

    private string Cache => Path.Combine(_folder, "cache");

    private string Snapshot => Path.Combine(Cache, "models--org--name", "snapshots", FakeHub.Commit);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Readers))]
    public void Are_read_or_refused(string reader) => Read(reader, seed: 16);

    [Slow]
    [Theory]
    [MemberData(nameof(Readers))]
    public void Are_read_or_refused_ten_thousand_times(string reader)
    {
        for (int seed = 100; seed < 100 + SeedsOfTenThousand; seed++)
        {
            Read(reader, seed);
        }
    }

    private void Read(string reader, int seed)
    {
        switch (reader)
        {
            case "answer":
                Hostile.Refuses<HubException>(
                    Bytes(
                        $$"""{"id":"org/name","sha":"{{FakeHub.Commit}}","siblings":[{"rfilename":"config.json"},{"rfilename":"a/b.txt"}]}"""
                    ),
                    seed,
                    copy => ModelListing.Parse(copy, "hub")
                );
                break;
            case "index":
                Hostile.Refuses<InvalidDataException>(
                    Bytes(
                        """{"metadata":{"total_size":1},"weight_map":{"a":"m-1.safetensors","b":"m-2.safetensors"}}"""
                    ),
                    seed,
                    copy => Assert.All(ShardIndex.Parse(copy, "index"), MustStay)
                );
                break;
            case "ref":
                Hostile.Refuses<InvalidDataException>(
                    Bytes(FakeHub.Commit),
                    seed,
                    copy => Assert.Equal(40, RefFile.Parse(copy, "refs/main").Length)
                );
                break;
            case "header":
                Hostile.Refuses<HubException>(Bytes($"\"{Sha256}\" 12"), seed, Header);
                break;
            case "id":
                Hostile.Survives(Bytes("org/name@pr/1"), seed, copy => !Id(Text(copy)));
                break;
            case "adapter":
                Hostile.Survives(Bytes("""{"base_model_name_or_path":"org/base"}"""), seed, copy => !Adapter(copy));
                break;
            case "link":
                Links();
                Hostile.Refuses<InvalidDataException>(Bytes("../../../../cache/x"), seed, copy => Link(Text(copy)));
                break;
            default:
                Links();
                Hostile.Survives(Bytes(Sha256), seed, copy => !Blob(Text(copy)));
                break;
        }
    }

    private void Links() => Directory.CreateDirectory(Snapshot);

    // What is read leads nowhere else.
    private void Link(string target)
    {
        Place(target);
        SnapshotLinks.MustStay(Snapshot, Cache);
        string? link = new FileInfo(Path.Combine(Snapshot, File1)).LinkTarget;
        Assert.True(link is null || Path.GetFullPath(link, Snapshot).StartsWith(Cache + "/", StringComparison.Ordinal));
    }

    private bool Blob(string name)
    {
        Place($"../../blobs/{name}");
        CacheLayout layout = new(Cache, "org/name");
        string? digest = new HubSnapshot(HubModelId.Parse("org/name"), FakeHub.Commit, layout).Sha256Of(File1);
        Assert.True(digest is null || (digest.Length == 64 && digest.All(char.IsAsciiHexDigitLower)));
        return digest is not null;
    }

    private void Place(string target)
    {
        string file = Path.Combine(Snapshot, File1);
        File.Delete(file);
        try
        {
            File.CreateSymbolicLink(file, target);
        }
        catch (Exception impossible) when (impossible is ArgumentException or IOException)
        {
            File.WriteAllText(file, ""); // no system has such a link
        }
    }

    private bool Adapter(byte[] json)
    {
        Directory.CreateDirectory(Snapshot);
        File.WriteAllBytes(Path.Combine(Snapshot, "adapter_config.json"), json);
        CacheLayout layout = new(Cache, "org/name");
        return AdapterBase.Of(new HubSnapshot(HubModelId.Parse("org/name"), FakeHub.Commit, layout)) is not null;
    }

    private bool Id(string text)
    {
        if (HubModelId.TryParse(text) is not { } id)
        {
            return false;
        }

        CacheLayout layout = new(Cache, id.Name);
        string[] places = [layout.Repository, layout.Ref(id.Revision), layout.Lock(Sha256)];
        Assert.All(places, place => Assert.StartsWith(Cache + "/", Path.GetFullPath(place)));
        Assert.Null(new HubCache(Cache).Find(id));
        return true;
    }

    private static void Header(byte[] copy)
    {
        string[] parts = Text(copy).Split(' ', 2);
        using HttpResponseMessage answer = new(HttpStatusCode.OK)
        {
            RequestMessage = new(HttpMethod.Head, "https://hub"),
        };
        answer.Headers.TryAddWithoutValidation("X-Linked-Etag", parts[0]);
        answer.Headers.TryAddWithoutValidation("X-Linked-Size", parts.Length > 1 ? parts[1] : "");
        RemoteFile file = RemoteFile.Of(answer, File1, FakeHub.Commit);
        Assert.True(file.Bytes >= 0 && file.Etag.All(char.IsAsciiHexDigitLower));
        Assert.Equal(file.Etag, Path.GetFileName(new CacheLayout("cache", "org/name").Blob(file.Etag)));
    }

    private static void MustStay(string name) =>
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"/snapshot/{name}"),
            Path.GetFullPath(Path.Combine("/snapshot", name))
        );

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
