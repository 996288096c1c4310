using System.Text;
using CircuitPipeline.Hub;
using CircuitPipeline.Hub.Cache;
using CircuitPipeline.Hub.Download;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.HubCacheOfTests;

/// <summary>Damaged answers, refs and indexes: each is read or refused in one sentence.</summary>
public sealed class HostileHub
{
    private const int Seed = 15;

    private static readonly byte[] Listing = Encoding.UTF8.GetBytes(
        $$"""{"id":"org/name","sha":"{{FakeHub.Commit}}","siblings":[{"rfilename":"config.json"},{"rfilename":"a/b.txt"}]}"""
    );

    private static readonly byte[] Index = Encoding.UTF8.GetBytes(
        """{"metadata":{"total_size":1},"weight_map":{"a":"model-1.safetensors","b":"model-2.safetensors"}}"""
    );

    [Fact]
    public void Answers_are_read_or_refused() =>
        Hostile.Refuses<HubException>(Listing, Seed, copy => ModelListing.Parse(copy, "hub"));

    [Fact]
    public void Indexes_are_read_or_refused() =>
        Hostile.Refuses<InvalidDataException>(Index, Seed, copy => ShardIndex.Parse(copy, "index"));

    [Fact]
    public void Refs_are_read_or_refused() =>
        Hostile.Refuses<InvalidDataException>(
            Encoding.ASCII.GetBytes(FakeHub.Commit),
            Seed,
            copy => RefFile.Parse(copy, "refs/main")
        );

    [Theory]
    [InlineData("../x")]
    [InlineData("/abs/x")]
    [InlineData("a/b/c")]
    [InlineData("a b")]
    [InlineData("a--b/c")]
    [InlineData("org/name@")]
    [InlineData("org/name@../../x")]
    [InlineData("org/name@a\0")]
    public void Ids_that_lead_elsewhere_are_none(string text)
    {
        Assert.Null(HubModelId.TryParse(text));
        Assert.Matches(Hostile.Sentence, Assert.Throws<InvalidDataException>(() => HubModelId.Parse(text)).Message);
    }

    [Theory]
    [InlineData("http://hub.invalid")]
    [InlineData("ftp://localhost")]
    [InlineData("https://user:hf_secret@hub.invalid")]
    [InlineData("nonsense")]
    public void Endpoints_that_others_can_read_along_with_are_refused_and_not_shown(string endpoint)
    {
        HubEnvironment environment = new(name => name == "HF_ENDPOINT" ? endpoint : null);

        string sentence = Assert.Throws<InvalidDataException>(environment.Endpoint).Message;

        Assert.Matches(Hostile.Sentence, sentence);
        Assert.DoesNotContain("hf_secret", sentence);
    }
}
