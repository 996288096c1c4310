using CircuitPipeline.Hub;
using CircuitPipeline.Hub.Cache;
using Xunit;

namespace CircuitPipeline.Tests.HubCacheOfTests;

/// <summary>Ids and revisions, looked for in a cache on this machine.</summary>
public sealed class CachedModels : IDisposable
{
    private const string Other = "0123499999999999999999999999999999999999";

    private readonly string _cache = Directory.CreateTempSubdirectory("hub-").FullName;

    public CachedModels()
    {
        foreach (string commit in (string[])[FakeHub.Commit, Other])
        {
            Directory.CreateDirectory(Path.Combine(_cache, "models--org--name", "snapshots", commit));
        }

        Directory.CreateDirectory(Path.Combine(_cache, "models--org--name", "refs", "pr"));
        File.WriteAllText(Path.Combine(_cache, "models--org--name", "refs", "v1"), FakeHub.Commit);
        File.WriteAllText(Path.Combine(_cache, "models--org--name", "refs", "pr", "1"), Other + "\n");
    }

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    [Theory]
    [InlineData("org/name@v1", FakeHub.Commit)]
    [InlineData("org/name@pr/1", Other)]
    [InlineData("org/name@0123499", Other)]
    [InlineData($"org/name@{FakeHub.Commit}", FakeHub.Commit)]
    public void Are_found_by_branch_tag_and_commit(string id, string commit) =>
        Assert.Equal(commit, new HubCache(_cache).Get(HubModelId.Parse(id)).Commit);

    [Theory]
    [InlineData("org/name", "other revisions of this model alone ('pr/1', 'v1', '0123456789ab', '012349999999')")]
    [InlineData("org/name@01234", "2 commits in the Hub's cache begin like this")]
    [InlineData("org/other", "bring the model with 'dotnet circuit fetch org/other'")]
    public void That_are_not_there_say_what_brings_them(string id, string expected) =>
        Assert.Contains(
            expected,
            Assert.Throws<InvalidDataException>(() => new HubCache(_cache).Get(HubModelId.Parse(id))).Message
        );

    [Fact]
    public void Without_a_file_say_what_brings_it_or_that_there_is_none()
    {
        HubSnapshot snapshot = new HubCache(_cache).Get(HubModelId.Parse("org/name@v1"));
        string known = Path.Combine(_cache, "models--org--name", ".no_exist", FakeHub.Commit);
        Directory.CreateDirectory(known);
        File.WriteAllText(Path.Combine(known, "config.json"), "");

        Assert.Contains(
            "bring it with 'dotnet circuit fetch org/name@v1'",
            Assert.Throws<InvalidDataException>(snapshot.MustHaveWeights).Message
        );
        Assert.Contains(
            "has no 'config.json', as the Hub's cache knows",
            Assert.Throws<InvalidDataException>(() => snapshot.MustHave("config.json")).Message
        );
    }

    [Theory]
    [InlineData("HF_HUB_CACHE=/a;HF_HOME=/b", "/a")]
    [InlineData("HF_HOME=/b;XDG_CACHE_HOME=/c", "/b/hub")]
    [InlineData("XDG_CACHE_HOME=/c;HOME=/d", "/c/huggingface/hub")]
    [InlineData("HOME=/d", "/d/.cache/huggingface/hub")]
    [InlineData("HOME=/d;HF_HOME=~/x", "/d/x/hub")]
    [InlineData("HOME=/d;WORK=/w;HF_HUB_CACHE=$WORK/x", "/w/x")]
    [InlineData("", null)]
    public void Lie_where_the_environment_says(string variables, string? expected)
    {
        Dictionary<string, string> values = variables
            .Split(';', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(pair => pair.Split('=')[0], pair => pair.Split('=')[1]);

        Assert.Equal(expected, new HubEnvironment(values.GetValueOrDefault).CacheFolder);
    }
}
