using CircuitPipeline.Hub;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.HubCacheOfTests;

/// <summary>Ids and endpoints that lead elsewhere are refused in one sentence.</summary>
public sealed class HostileHub
{
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
