using VerifyXunit;
using Xunit;

namespace CircuitPipeline.Tests.VerifyXunitPackage;

/// <summary>What the exception says, which tools read to accept a text (the format that Verify.ExceptionParsing knows).</summary>
public sealed class ExceptionMessages : IDisposable
{
    private readonly SnapshotFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Have_the_text_that_is_new()
    {
        string message = await _folder.Failure(Verifier.Verify("text"));

        Assert.Equal(
            $"""
            Directory: {_folder.Path}
            New:
              - Received: Snapshot.received.txt
                Verified: Snapshot.verified.txt

            FileContent:

            New:

            Received: Snapshot.received.txt
            text


            """,
            message
        );
    }

    [Fact]
    public async Task Have_both_texts_that_differ()
    {
        _folder.Write("Snapshot.verified.txt", "other");

        string message = await _folder.Failure(Verifier.Verify("text"));

        Assert.Equal(
            $"""
            Directory: {_folder.Path}
            NotEqual:
              - Received: Snapshot.received.txt
                Verified: Snapshot.verified.txt

            FileContent:

            NotEqual:

            Received: Snapshot.received.txt
            text
            Verified: Snapshot.verified.txt
            other


            """,
            message
        );
    }
}
