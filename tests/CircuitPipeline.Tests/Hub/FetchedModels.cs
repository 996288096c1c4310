using CircuitPipeline.Hub;
using CircuitPipeline.Hub.Cache;
using CircuitPipeline.Hub.Download;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.HubCacheOfTests;

/// <summary>Models brought from a server on this machine that behaves as the Hub does, and worse.</summary>
public sealed class FetchedModels : IDisposable
{
    private const string Secret = "hf_secretOfThisTest";

    private readonly FakeHub _hub = new();
    private readonly string _cache = Directory.CreateTempSubdirectory("hub-").FullName;
    private readonly List<string> _notes = [];

    public void Dispose()
    {
        _hub.Dispose();
        Directory.Delete(_cache, recursive: true);
    }

    [Fact]
    public async Task Lie_in_the_cache_as_Python_has_them_without_pickles()
    {
        FetchedModel model = await Fetch("org/name");

        string repository = Path.Combine(_cache, "models--org--name");
        string weights = Path.Combine(repository, "snapshots", FakeHub.Commit, "model.safetensors");
        Assert.Equal(["config.json", "model.safetensors"], model.Files.Select(file => file.Path));
        Assert.Equal(FakeHub.Commit, File.ReadAllText(Path.Combine(repository, "refs", "main")));
        Assert.Equal(_hub.Files["model.safetensors"], File.ReadAllBytes(weights));
        Assert.Equal(
            Path.Combine("..", "..", "blobs", FakeHub.Sha256(_hub.Files["model.safetensors"])),
            new FileInfo(weights).LinkTarget
        );
        Assert.True(File.Exists(Path.Combine(repository, "blobs", FakeHub.GitSha1(_hub.Files["config.json"]))));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(repository, "blobs")).Length);
        HubSnapshot found = new HubCache(_cache).Get(HubModelId.Parse("org/name"));
        Assert.Equal((FakeHub.Commit, model.Snapshot.Folder), (found.Commit, found.Folder));
        found.MustHaveWeights();
    }

    [Fact]
    public async Task Are_not_brought_twice()
    {
        await Fetch("org/name");
        int before = _hub.Requests.Length;

        FetchedModel again = await Fetch("org/name");

        Assert.Equal(before + 3, _hub.Requests.Length); // the list, and size and digest of both files
        Assert.All(again.Files, file => Assert.Equal(0, file.Brought));
    }

    [Fact]
    public async Task Go_on_where_the_connection_was_cut()
    {
        byte[] bytes = _hub.Files["model.safetensors"];
        _hub.Special = request =>
            IsWeights(request) && request.From == 0
                ? _hub.Usual(request) with
                {
                    Body = bytes[..60_000],
                    Length = bytes.Length,
                }
                : null;

        FetchedModel model = await Fetch("org/name");

        Assert.Equal(60_000, _hub.Requests.Last().From);
        Assert.Equal(100_000, model.Files[1].Brought);
        Assert.Contains("was cut at 60000 of 100000 bytes", Assert.Single(_notes));
    }

    [Fact]
    public async Task Go_on_where_an_earlier_command_was_stopped_and_begin_anew_where_it_left_other_bytes()
    {
        byte[] bytes = _hub.Files["model.safetensors"];
        string part = PartOf(bytes);
        File.WriteAllBytes(part, bytes[..70_000]);

        FetchedModel model = await Fetch("org/name");

        Assert.Equal(30_000, model.Files[1].Brought);
        Directory.Delete(Path.Combine(_cache, "models--org--name"), recursive: true);
        File.WriteAllBytes(PartOf(bytes), new byte[70_000]);
        FetchedModel anew = await Fetch("org/name");
        Assert.Equal(130_000, anew.Files[1].Brought);
        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(anew.Snapshot.Folder, "model.safetensors")));
    }

    [Fact]
    public async Task Are_given_up_where_nothing_comes()
    {
        _hub.Special = request =>
            IsWeights(request)
                ? _hub.Usual(request) with
                {
                    Body = [],
                    Length = 100_000,
                    Silence = TimeSpan.FromSeconds(1),
                }
                : null;

        string sentence = await Refusal<HubException>("org/name");

        Assert.Contains("sent nothing for 0.3 s, at 3 tries", sentence);
    }

    [Theory]
    [InlineData(100_020)]
    [InlineData(99_000)]
    public async Task Of_another_size_than_was_said_are_refused(int size)
    {
        _hub.Special = request => IsWeights(request) ? _hub.Usual(request) with { Body = new byte[size] } : null;

        string sentence = await Refusal<HubException>("org/name");

        Assert.Contains($"has 100000 bytes, as the Hub says, but '{_hub.Address.Authority}' sends '{size}'", sentence);
        Assert.False(File.Exists(Path.Combine(_cache, "models--org--name", "refs", "main")));
    }

    [Fact]
    public async Task Of_other_bytes_than_their_digest_says_are_thrown_away()
    {
        _hub.Special = request => IsWeights(request) ? _hub.Usual(request) with { Body = new byte[100_000] } : null;

        string sentence = await Refusal<HubException>("org/name");

        Assert.Contains("does not have the digest", sentence);
        Assert.Single(Directory.GetFiles(Path.Combine(_cache, "models--org--name", "blobs")));
    }

    [Fact]
    public async Task Come_from_elsewhere_without_the_token()
    {
        using FakeHub elsewhere = new();
        elsewhere.Special = _ => _hub.Usual(new HubRequest("GET", Weights, null, 0));
        _hub.Special = request =>
            request.Path == Weights
                ? HubAnswer.Text(
                    302,
                    "",
                    [.. _hub.Usual(request).Headers, $"Location: {elsewhere.Address}storage?signature=x"]
                )
                : null;

        await Fetch("org/name", Secret);

        Assert.Null(Assert.Single(elsewhere.Requests).Token);
        Assert.All(_hub.Requests, request => Assert.Equal($"Bearer {Secret}", request.Token));
    }

    [Fact]
    public async Task Are_not_looked_for_where_others_can_read_along()
    {
        _hub.Special = _ => HubAnswer.Text(302, "", "Location: http://hub.invalid/x");

        Assert.Contains("only https addresses are followed", await Refusal<HubException>("org/name"));
    }

    [Theory]
    [InlineData(401, "", "there is no such model, or it is private")]
    [InlineData(403, "GatedRepo", "accept its licence")]
    [InlineData(404, "RevisionNotFound", "has no revision 'main'")]
    [InlineData(404, "RepoNotFound", "has no model 'org/name'")]
    [InlineData(418, "", "answers 418")]
    [InlineData(503, "", "answers 503, at 3 tries")]
    public async Task That_are_refused_say_what_to_do_and_no_token(int status, string code, string expected)
    {
        _hub.Special = _ => HubAnswer.Text(status, Secret, $"X-Error-Code: {code}");

        string sentence = await Refusal<HubException>("org/name", Secret);

        Assert.Contains(expected, sentence);
        Assert.DoesNotContain(Secret, sentence + string.Concat(_notes));
    }

    [Fact]
    public async Task Wait_as_long_as_the_Hub_asks_for_and_not_for_hours()
    {
        int asked = 0;
        _hub.Special = _ => ++asked == 1 ? HubAnswer.Text(429, "", "Retry-After: 1") : null;

        await Fetch("org/name");

        Assert.Contains("answers 429; trying again in 1 s", Assert.Single(_notes));
        _hub.Special = _ => HubAnswer.Text(429, "", "Retry-After: 7200");
        Assert.Contains("asks to wait 7200 s, which is too long", await Refusal<HubException>("org/name"));
    }

    [Fact]
    public async Task That_were_stopped_keep_what_is_there()
    {
        byte[] bytes = _hub.Files["model.safetensors"];
        using CancellationTokenSource stop = new();
        _hub.Special = request =>
            IsWeights(request)
                ? _hub.Usual(request) with
                {
                    Body = bytes[..50_000],
                    Length = 100_000,
                    Silence = TimeSpan.FromSeconds(1),
                }
                : null;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Download(null)
                .Fetch(
                    HubModelId.Parse("org/name"),
                    FetchSelection.Needed,
                    progress => StopAt(progress, stop),
                    null,
                    stop.Token
                )
        );

        _hub.Special = _ => null;
        Assert.InRange((await Fetch("org/name")).Files[1].Brought, 1, 99_999);
    }

    [Fact]
    public async Task With_pickles_alone_name_the_command_that_converts()
    {
        _hub.Files.Remove("model.safetensors");

        string sentence = await Refusal<InvalidDataException>("org/name");

        Assert.Contains("only as pickles ('pytorch_model.bin')", sentence);
        Assert.Contains("save_pretrained('FOLDER')", sentence);
    }

    [Fact]
    public async Task In_shards_are_those_of_the_index()
    {
        byte[] shard = [3, 4];
        _hub.Files.Remove("model.safetensors");
        _hub.Files["model-1.safetensors"] = shard;
        _hub.Files["other.safetensors"] = shard;
        _hub.Files["model.safetensors.index.json"] = """{"weight_map":{"a":"model-1.safetensors"}}"""u8.ToArray();

        FetchedModel model = await Fetch("org/name");

        Assert.Equal("model-1.safetensors", model.Files.Last().Path);
        Assert.DoesNotContain(model.Files, file => file.Path == "other.safetensors");
    }

    [Theory]
    [InlineData("../../outside.json")]
    [InlineData("/etc/outside.json")]
    [InlineData("C:outside.json")]
    [InlineData("a/../../outside.json")]
    [InlineData("nul\\u0000.json")]
    [InlineData("a\\\\..\\\\outside.json")]
    public async Task With_a_path_that_leaves_the_folder_are_refused(string path)
    {
        _hub.Files[path] = [1];

        string sentence = await Refusal<InvalidDataException>("org/name", patterns: "*.json");

        Assert.Contains("leads out of the folder", sentence);
    }

    [FullDiskFact]
    public async Task On_a_full_disk_are_refused_in_a_sentence()
    {
        File.CreateSymbolicLink(PartOf(_hub.Files["model.safetensors"]), FullDiskFactAttribute.Device);

        Assert.Contains("so make room", await Refusal<HubException>("org/name"));
    }

    [Fact]
    public async Task Are_brought_once_by_two_at_a_time()
    {
        await Task.WhenAll(Task.Run(() => Fetch("org/name")), Task.Run(() => Fetch("org/name")));

        Assert.Single(_hub.Requests, IsWeights);
    }

    private const string Weights = $"/org/name/resolve/{FakeHub.Commit}/model.safetensors";

    private static bool IsWeights(HubRequest request) => request.Method == "GET" && request.Path == Weights;

    private static void StopAt(FetchProgress progress, CancellationTokenSource stop)
    {
        if (progress.File == "model.safetensors")
        {
            stop.Cancel();
        }
    }

    private string PartOf(byte[] bytes)
    {
        string blobs = Path.Combine(_cache, "models--org--name", "blobs");
        Directory.CreateDirectory(blobs);
        return Path.Combine(blobs, FakeHub.Sha256(bytes) + ".incomplete");
    }

    private HubDownload Download(string? token) =>
        new(
            _cache,
            _hub.Address,
            HubToken.Of(token, "HF_TOKEN"),
            new HubLimits
            {
                Stall = TimeSpan.FromMilliseconds(300),
                Attempts = 3,
                FirstPause = TimeSpan.FromMilliseconds(10),
            },
            TimeProvider.System
        );

    private Task<FetchedModel> Fetch(string id, string? token = null, params string[] patterns) =>
        Download(token)
            .Fetch(
                HubModelId.Parse(id),
                new FetchSelection { Patterns = [.. patterns] },
                null,
                line =>
                {
                    lock (_notes)
                    {
                        _notes.Add(line);
                    }
                }
            );

    private async Task<string> Refusal<TException>(string id, string? token = null, params string[] patterns)
        where TException : Exception
    {
        TException refusal = await Assert.ThrowsAsync<TException>(() => Fetch(id, token, patterns));
        Assert.Matches(Hostile.Sentence, refusal.Message);
        return refusal.Message;
    }
}
