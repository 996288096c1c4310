using CircuitPipeline.Pipeline.Store;
using Xunit;

namespace CircuitPipeline.Tests.PipelineStore;

/// <summary>The digest of a large file outside the store is kept with its stamp, so that it is read once as long as it stays what it is.</summary>
public sealed class DigestsOfLargeFiles : IDisposable
{
    private static readonly Digest Other = Digest.OfText("another");

    private readonly string _folder = Directory.CreateTempSubdirectory("circuitpipeline-digests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Weights => Path.Combine(_folder, "model.safetensors");

    private string Kept => Path.Combine(_folder, "files");

    [Fact]
    public void Are_read_once_while_the_file_stays_what_it_is()
    {
        Write(1);

        Digest first = Later().Of(Weights);
        Remember(Other);

        Assert.Equal(Digest.OfFile(Weights), first);
        Assert.Equal(Other, Later().Of(Weights)); // what is kept, and not what the bytes give
    }

    [Fact]
    public void Are_taken_anew_of_a_file_that_has_changed_though_its_size_and_time_have_not()
    {
        Write(1);
        Later().Of(Weights);
        Remember(Other);
        DateTime before = File.GetLastWriteTimeUtc(Weights);

        Write(2);
        File.SetLastWriteTimeUtc(Weights, before);

        // Only Linux tells that the time was set back.
        Assert.Equal(OperatingSystem.IsLinux() ? Digest.OfFile(Weights) : Other, Later().Of(Weights));
    }

    [Fact]
    public void Are_taken_anew_of_another_file_in_its_place()
    {
        Write(1);
        Later().Of(Weights);
        File.WriteAllBytes(Weights + ".new", new byte[3 << 20]);
        File.Move(Weights + ".new", Weights, overwrite: true);

        Assert.Equal(Digest.OfFile(Weights), Later().Of(Weights));
    }

    [Fact]
    public void Are_not_kept_of_a_file_that_was_written_just_now_nor_of_a_small_one()
    {
        Write(1);
        new FileDigests(Kept, TimeProvider.System).Of(Weights);
        File.WriteAllText(Path.Combine(_folder, "config.json"), "{}");
        Later().Of(Path.Combine(_folder, "config.json"));

        Assert.False(Directory.Exists(Kept));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no digest 1 2 3 4\n")]
    public void Are_taken_anew_where_what_was_kept_is_damaged(string text)
    {
        Write(1);
        Digest first = Later().Of(Weights);
        File.WriteAllText(Assert.Single(Directory.GetFiles(Kept)), text);

        Assert.Equal(first, Later().Of(Weights));
    }

    // More than a mebibyte: what is less is hashed every time.
    private void Write(byte first)
    {
        byte[] bytes = new byte[2 << 20];
        bytes[0] = first;
        File.WriteAllBytes(Weights, bytes);
    }

    private void Remember(Digest digest)
    {
        string kept = Assert.Single(Directory.GetFiles(Kept));
        File.WriteAllText(kept, digest + File.ReadAllText(kept)[64..]);
    }

    private FileDigests Later() => new(Kept, new LaterTime());

    // An hour after all that the test writes.
    private sealed class LaterTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddHours(1);
    }
}
