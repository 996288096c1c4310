using System.Globalization;
using CircuitPipeline.Hub;
using CircuitPipeline.Hub.Download;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.HubCacheOfTests;

/// <summary>Servers that break the rules of HTTP or of the Hub: a file comes whole all the same, or is refused in one sentence.</summary>
public sealed class HostileServers : IDisposable
{
    private const string Weights = $"/org/name/resolve/{FakeHub.Commit}/model.safetensors";
    private const string Secret = "hf_secretOfThisTest";

    private readonly FakeHub _hub = new();
    private readonly string _cache = Directory.CreateTempSubdirectory("hub-").FullName;
    private readonly List<string> _notes = [];

    private byte[] Bytes => _hub.Files["model.safetensors"];

    public void Dispose()
    {
        _hub.Dispose();
        Directory.Delete(_cache, recursive: true);
    }

    [Fact]
    public async Task That_send_more_than_they_said_and_say_no_length_are_refused()
    {
        _hub.Special = request =>
            IsWeights(request) ? _hub.Usual(request) with { Body = new byte[100_001], SaysLength = false } : null;

        Assert.Contains("has 100000 bytes, as the Hub says, but", await Refusal());
        Assert.Empty(Weight());
    }

    [Fact]
    public async Task That_end_early_and_say_no_length_are_asked_for_the_rest()
    {
        _hub.Special = request =>
            IsWeights(request) && request.From == 0
                ? _hub.Usual(request) with
                {
                    Body = Bytes[..10_000],
                    SaysLength = false,
                }
                : null;

        await Fetch();

        Assert.Equal(Bytes, File.ReadAllBytes(Assert.Single(Weight())));
    }

    [Theory]
    [InlineData(200, null, 0)] // all bytes instead of the rest
    [InlineData(206, "bytes 5-99999/100000", 5)] // another part
    [InlineData(206, null, 50_000)] // a part, and not which
    [InlineData(416, "bytes */100000", 100_000)] // nothing
    public async Task That_do_not_go_on_where_they_are_asked_to_are_asked_from_the_beginning(
        int status,
        string? range,
        int from
    )
    {
        _hub.Special = request =>
            !IsWeights(request) ? null
            : request.From > 0 ? new HubAnswer(status, Bytes[from..], range is null ? [] : [$"Content-Range: {range}"])
            : null;
        string blobs = Path.Combine(_cache, "models--org--name", "blobs");
        Directory.CreateDirectory(blobs);
        File.WriteAllBytes(Path.Combine(blobs, FakeHub.Sha256(Bytes) + ".incomplete"), Bytes[..50_000]);

        await Fetch();

        Assert.Equal(Bytes, File.ReadAllBytes(Assert.Single(Weight())));
    }

    [Fact]
    public async Task That_send_in_a_circle_are_refused()
    {
        _hub.Special = request => HubAnswer.Text(302, "", $"Location: {_hub.Address}x{_hub.Requests.Length}");

        Assert.Contains("from one address to another more than 8 times", await Refusal());
        Assert.Equal(9, _hub.Requests.Length);
    }

    [Theory]
    [InlineData("X-Nothing: 1", "sends on to nowhere")]
    [InlineData("Location: http://[", "sends on to")]
    [InlineData("Location: file:///etc/hostname", "sends on to 'file://', but only https addresses are followed")]
    [InlineData("Location: ftp://hub.invalid/x", "sends on to 'ftp://hub.invalid'")]
    public async Task That_send_on_to_no_https_address_are_refused(string header, string words)
    {
        _hub.Special = _ => HubAnswer.Text(307, "", header);

        Assert.Contains(words, await Refusal());
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task That_send_the_list_of_files_on_do_not_get_the_token_there(int status)
    {
        using FakeHub elsewhere = new();
        elsewhere.Special = _ => _hub.Usual(new HubRequest("GET", "/api/models/org/name/revision/main", null, 0));
        _hub.Special = request =>
            request.Path.StartsWith("/api/", StringComparison.Ordinal)
                ? HubAnswer.Text(status, "", $"Location: {elsewhere.Address}list")
                : null;

        await Fetch(token: Secret);

        Assert.Null(Assert.Single(elsewhere.Requests).Token);
    }

    [Fact]
    public async Task That_list_files_without_end_are_refused()
    {
        _hub.Special = request =>
            request.Path.StartsWith("/api/", StringComparison.Ordinal)
                ? new HubAnswer(200, new byte[2_000_000]) { SaysLength = false }
                : null;

        Assert.Contains(
            "lists the files of 'org/name' in more than 1000000 bytes",
            await Refusal(new HubLimits { LargestListing = 1_000_000 })
        );
    }

    [Fact]
    public async Task That_stop_amid_the_list_of_files_are_asked_again()
    {
        int asked = 0;
        _hub.Special = request =>
            request.Path.StartsWith("/api/", StringComparison.Ordinal) && ++asked < 3
                ? _hub.Usual(request) with
                {
                    Length = 1_000,
                    Silence = TimeSpan.FromSeconds(asked == 1 ? 6 : 0),
                }
                : null;

        await Fetch(new HubLimits { Stall = TimeSpan.FromSeconds(2) });

        Assert.Equal(2, _notes.Count);
        Assert.Contains("sent nothing for 2 s; trying again", _notes[0]);
        Assert.Contains("was cut; trying again", _notes[1]);
    }

    [Theory]
    [InlineData(
        "X-Repo-Commit: 9999999999999999999999999999999999999999",
        "of commit '9999999999999999999999999999999999999999' where"
    )]
    [InlineData("ETag: \"../../../outside\"", "does not say digest and size of 'config.json'")]
    [InlineData("ETag: \"0123\"", "does not say digest and size")]
    [InlineData("X-Linked-Size: -1", "does not say digest and size")]
    [InlineData("X-Linked-Size: 99999999999999999999", "does not say digest and size")]
    public async Task That_say_no_digest_or_size_or_another_commit_are_refused(string header, string words)
    {
        string name = header.Split(':')[0];
        _hub.Special = request =>
            request.Method == "HEAD"
                ? _hub.Usual(request) with
                {
                    Headers = [.. _hub.Usual(request).Headers.Where(usual => !usual.StartsWith(name)), header],
                }
                : null;

        Assert.Contains(words, await Refusal());
        Assert.False(Directory.Exists(Path.Combine(_cache, "models--org--name", "snapshots")));
    }

    [Fact]
    public async Task That_promise_more_than_the_disk_has_are_refused_before_a_byte()
    {
        _hub.Special = request =>
            request is { Method: "HEAD", Path: Weights }
                ? _hub.Usual(request) with
                {
                    Headers = [$"X-Linked-Etag: \"{FakeHub.Sha256(Bytes)}\"", $"X-Linked-Size: {1L << 49}"],
                }
                : null;

        Assert.Contains("needs 562949953421312 bytes more in", await Refusal());
        Assert.DoesNotContain(_hub.Requests, IsWeights);
    }

    [Fact]
    public async Task That_say_until_when_to_wait_are_waited_for()
    {
        int asked = 0;
        _hub.Special = _ =>
            ++asked == 1
                ? HubAnswer.Text(
                    429,
                    "",
                    $"Retry-After: {DateTimeOffset.UtcNow.AddSeconds(-5).ToString("R", CultureInfo.InvariantCulture)}"
                )
                : null;

        await Fetch();

        Assert.Contains("answers 429; trying again in 0 s", Assert.Single(_notes));
    }

    [Theory]
    [InlineData(403, "'org/name' is not given to everybody (403)")]
    [InlineData(404, "lists a file that", "X-Error-Code: EntryNotFound")]
    [InlineData(429, "answers 429, at 3 tries")]
    [InlineData(500, "answers 500, at 3 tries")]
    public async Task That_refuse_the_bytes_of_a_file_alone_say_why(int status, string words, params string[] headers)
    {
        _hub.Special = request => IsWeights(request) ? HubAnswer.Text(status, Secret, headers) : null;

        string sentence = await Refusal();

        Assert.Contains(words, sentence);
        Assert.DoesNotContain(Secret, sentence);
        Assert.Empty(Weight());
    }

    [Fact]
    public async Task That_do_not_speak_HTTP_cannot_be_reached()
    {
        _hub.Special = _ => new HubAnswer(200, [], $"X: {new string('x', 200_000)}");

        Assert.Contains("cannot be reached", await Refusal());
    }

    private static bool IsWeights(HubRequest request) => request is { Method: "GET", Path: Weights };

    private string[] Weight()
    {
        string folder = Path.Combine(_cache, "models--org--name", "snapshots", FakeHub.Commit);
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "model.safetensors") : [];
    }

    private async Task<FetchedModel> Fetch(HubLimits? limits = null, string? token = null)
    {
        HubLimits quick = (limits ?? new HubLimits()) with { Attempts = 3, FirstPause = TimeSpan.FromMilliseconds(10) };
        HubDownload download = new(_cache, _hub.Address, HubToken.Of(token, "HF_TOKEN"), quick, TimeProvider.System);
        return await download.Fetch(HubModelId.Parse("org/name"), FetchSelection.Needed, null, _notes.Add);
    }

    private async Task<string> Refusal(HubLimits? limits = null)
    {
        HubException refusal = await Assert.ThrowsAsync<HubException>(() => Fetch(limits));
        Assert.Matches(Hostile.Sentence, refusal.Message);
        return refusal.Message;
    }
}
