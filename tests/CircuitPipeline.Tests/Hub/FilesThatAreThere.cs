using CircuitPipeline.Hub;
using CircuitPipeline.Hub.Cache;
using CircuitPipeline.Hub.Download;
using Xunit;

namespace CircuitPipeline.Tests.HubCacheOfTests;

/// <summary>What <c>fetch</c> does with files that are in the cache already.</summary>
public sealed class FilesThatAreThere : IDisposable
{
    private readonly FakeHub _hub = new();
    private readonly string _cache = Directory.CreateTempSubdirectory("hub-").FullName;
    private readonly List<string> _notes = [];

    public FilesThatAreThere() => Fetch().GetAwaiter().GetResult();

    private byte[] Bytes => _hub.Files["model.safetensors"];

    private string Blob => Path.Combine(_cache, "models--org--name", "blobs", FakeHub.Sha256(Bytes));

    private string Weights =>
        Path.Combine(_cache, "models--org--name", "snapshots", FakeHub.Commit, "model.safetensors");

    public void Dispose()
    {
        _hub.Dispose();
        Directory.Delete(_cache, recursive: true);
    }

    [Fact]
    public async Task Of_another_size_are_brought_anew()
    {
        File.WriteAllBytes(Blob, Bytes[..70_000]);

        FetchedModel model = await Fetch();

        Assert.Equal(100_000, model.Files[1].Brought);
        Assert.Equal(Bytes, File.ReadAllBytes(Weights));
        Assert.Equal(
            "'model.safetensors' is there, but has 70000 bytes instead of 100000; bringing it anew",
            Assert.Single(_notes)
        );
    }

    [Fact]
    public async Task Of_other_bytes_of_the_same_size_are_seen_where_that_is_asked_for()
    {
        File.WriteAllBytes(Blob, new byte[100_000]);

        FetchedModel unseen = await Fetch();
        FetchedModel seen = await Fetch(verifies: true);
        FetchedModel right = await Fetch(verifies: true);

        Assert.Equal((0, 100_000, 0), (unseen.Files[1].Brought, seen.Files[1].Brought, right.Files[1].Brought));
        Assert.Equal(Bytes, File.ReadAllBytes(Weights));
        Assert.Equal("'model.safetensors' is there, but has another digest; bringing it anew", Assert.Single(_notes));
    }

    [Fact]
    public async Task Behind_a_link_to_elsewhere_are_linked_from_the_cache_again()
    {
        string outside = Path.Combine(_cache, "outside");
        File.WriteAllBytes(outside, Bytes);
        File.Delete(Weights);
        File.CreateSymbolicLink(Weights, outside);

        await Fetch();

        Assert.EndsWith(FakeHub.Sha256(Bytes), new FileInfo(Weights).LinkTarget);
        Assert.Contains("links to other bytes", Assert.Single(_notes));
    }

    [Fact]
    public async Task Are_not_written_below_a_folder_that_is_a_link()
    {
        _hub.Files["sub/more.json"] = [1];
        string outside = Directory.CreateDirectory(Path.Combine(_cache, "outside")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(Path.GetDirectoryName(Weights)!, "sub"), outside);

        InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(() => Fetch(patterns: "sub/*"));

        Assert.Contains("'sub' is a link in the place of a folder", refusal.Message);
        Assert.Empty(Directory.GetFileSystemEntries(outside));
    }

    [Fact]
    public void Say_their_digest_where_they_are_large()
    {
        HubSnapshot snapshot = new HubCache(_cache).Get(HubModelId.Parse("org/name"));

        Assert.Equal(FakeHub.Sha256(Bytes), snapshot.Sha256Of("model.safetensors"));
        Assert.Null(snapshot.Sha256Of("config.json"));
        Assert.Null(snapshot.Sha256Of("nothing"));
    }

    [Theory]
    [InlineData("/etc/hostname")]
    [InlineData("../../../../outside")]
    [InlineData("../../blobs/../../../x")]
    [InlineData("model.safetensors")]
    public void Behind_a_link_that_leaves_the_cache_or_leads_to_itself_are_refused(string target)
    {
        File.Delete(Weights);
        File.CreateSymbolicLink(Weights, target);

        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() =>
            new HubCache(_cache).Find(HubModelId.Parse("org/name"))
        );

        Assert.EndsWith(
            ": 'model.safetensors' is a link that leads out of the Hub's cache or in a circle; delete it and bring the model again.",
            refusal.Message
        );
    }

    [Fact]
    public void Are_found_in_a_cache_behind_a_link_of_the_user()
    {
        string link = _cache + "-link";
        Directory.CreateSymbolicLink(link, _cache);
        try
        {
            Assert.NotNull(new HubCache(link).Find(HubModelId.Parse("org/name")));
        }
        finally
        {
            File.Delete(link);
        }
    }

    private Task<FetchedModel> Fetch(bool verifies = false, params string[] patterns) =>
        new HubDownload(_cache, _hub.Address, null, new HubLimits(), TimeProvider.System).Fetch(
            HubModelId.Parse("org/name"),
            new FetchSelection { Verifies = verifies, Patterns = [.. patterns] },
            null,
            _notes.Add
        );
}
