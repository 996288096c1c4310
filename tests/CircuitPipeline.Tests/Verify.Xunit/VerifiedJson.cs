using VerifyXunit;
using Xunit;

namespace CircuitPipeline.Tests.VerifyXunitPackage;

/// <summary>How JSON is written (Verify's docs: verify-options, VerifyJson).</summary>
public sealed class VerifiedJson : IDisposable
{
    private readonly SnapshotFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Keeps_the_order_of_its_members() =>
        Assert.Equal(
            """
            {
              key: {
                msg: No action taken,
                code: 0
              },
              all: [
                1,
                2.5,
                true,
                null
              ]
            }
            """,
            await Text("{'key': {'msg': 'No action taken', 'code': 0}, 'all': [1, 2.5, true, null]}")
        );

    [Fact]
    public async Task Numbers_guids() =>
        Assert.Equal("{\n  key: Guid_1\n}", await Text("""{"key": "c572ff75-e1a2-49bd-99b9-4550697946c3"}"""));

    [Fact]
    public async Task Numbers_instants() =>
        Assert.Equal("{\n  key: DateTimeOffset_1\n}", await Text("{'key': '2026-01-02T03:04:05Z'}"));

    [Theory]
    [InlineData("{'a': [], 'b': {}, 'c': 1}", "{\n  c: 1\n}")]
    [InlineData("[1, {}, [], [[]]]", "[\n  1,\n  []\n]")]
    public async Task Leaves_out_what_is_empty_inside(string json, string text) => Assert.Equal(text, await Text(json));

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("[]", "[]")]
    [InlineData(""" ["a\"b\u0041\\"] """, "[\n  a\"bA\\\n]")]
    public async Task May_be_empty_and_have_escapes(string json, string text) => Assert.Equal(text, await Text(json));

    [Theory]
    [InlineData("{")]
    [InlineData("{'a' 1}")]
    [InlineData("[1 2]")]
    [InlineData("['a")]
    [InlineData("nul")]
    [InlineData("[1] 2")]
    [InlineData("{'a': 1, 'a': 2}")]
    [InlineData("+1")]
    public async Task Must_be_json(string json) => await Assert.ThrowsAnyAsync<Exception>(() => Text(json));

    [Fact]
    public async Task Is_not_nested_without_end() =>
        await Assert.ThrowsAnyAsync<Exception>(() => Text(new string('[', 100_000)));

    private Task<string> Text(string json) => _folder.Text(Verifier.VerifyJson(json));
}
