using VerifyXunit;
using Xunit;

namespace CircuitPipeline.Tests.VerifyXunitPackage;

/// <summary>What happens to .received and .verified files (Verify's docs: readme, encoding, autoverify).</summary>
public sealed class ReceivedFiles : IDisposable
{
    private const string Received = "Snapshot.received.txt";
    private const string Verified = "Snapshot.verified.txt";
    private readonly SnapshotFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Are_written_when_there_is_nothing_to_compare_with()
    {
        await _folder.Failure(Verifier.Verify("text"));

        Assert.Equal([Received], _folder.Files);
        Assert.Equal("text", _folder.Read(Received));
    }

    [Fact]
    public async Task Are_utf_8_with_a_byte_order_mark_and_short_line_ends()
    {
        await _folder.Failure(Verifier.Verify("ä\r\nb\rc"));

        Assert.Equal("\uFEFFä\nb\nc"u8.ToArray(), File.ReadAllBytes(Path.Combine(_folder.Path, Received)));
    }

    [Fact]
    public async Task Are_gone_when_the_text_is_the_accepted_one()
    {
        _folder.Write(Received, "old");
        _folder.Write(Verified, "text");

        await _folder.Success(Verifier.Verify("text"));

        Assert.Equal([Verified], _folder.Files);
    }

    [Theory]
    [InlineData("a\r\nb")]
    [InlineData("a\nb\n")]
    [InlineData("\uFEFFa\nb")]
    public async Task Are_not_needed_for_other_line_ends_a_last_one_or_a_byte_order_mark(string accepted)
    {
        _folder.Write(Verified, accepted);

        await _folder.Success(Verifier.Verify("a\nb"));

        Assert.Equal(accepted.TrimStart('\uFEFF'), _folder.Read(Verified));
    }

    [Fact]
    public async Task Stay_beside_the_accepted_text_that_they_differ_from()
    {
        _folder.Write(Verified, "other");

        await _folder.Failure(Verifier.Verify("text"));

        Assert.Equal([Received, Verified], _folder.Files);
        Assert.Equal("other", _folder.Read(Verified));
    }

    [Fact]
    public async Task Are_new_beside_an_empty_file()
    {
        _folder.Write(Verified, "");

        string message = await _folder.Failure(Verifier.Verify("text"));

        Assert.Contains("New:", message);
        Assert.Equal([Received], _folder.Files);
    }

    [Fact]
    public async Task Become_the_accepted_ones_with_auto_verify()
    {
        _folder.Write(Verified, "other");

        await _folder.Success(Verifier.Verify("text").AutoVerify());

        Assert.Equal([Verified], _folder.Files);
        Assert.Equal("text", _folder.Read(Verified));
    }

    [Fact]
    public async Task Become_the_accepted_ones_only_where_a_rule_says_so()
    {
        await _folder.Failure(Verifier.Verify("text").AutoVerify(file => !file.EndsWith(Verified)));

        Assert.Equal([Received], _folder.Files);
    }

    [Fact]
    public async Task Are_accepted_and_fail_all_the_same_where_an_exception_is_asked_for()
    {
        await _folder.Failure(Verifier.Verify("text").AutoVerify(throwException: true));

        Assert.Equal([Verified], _folder.Files);
    }

    [Fact]
    public async Task Of_another_extension_are_to_be_deleted()
    {
        _folder.Write("Snapshot.verified.csv", "a,b");
        _folder.Write(Verified, "text");

        string message = await _folder.Failure(Verifier.Verify("text"));

        Assert.Contains("Delete:\n  - Snapshot.verified.csv\nEqual:\n  - Received: Snapshot.received.txt\n", message);
    }

    [Theory]
    [InlineData(null, "null")]
    [InlineData("", "emptyString")]
    public async Task Name_what_a_file_cannot_show(string? text, string shown) =>
        Assert.Equal(shown, await _folder.Text(Verifier.Verify(text)));
}
