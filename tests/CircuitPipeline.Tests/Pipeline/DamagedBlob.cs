using CircuitPipeline.Pipeline.Store;
using Xunit;
using static CircuitPipeline.Tests.PipelineStore.TemporaryStore;

namespace CircuitPipeline.Tests.PipelineStore;

public class DamagedBlob
{
    [Fact]
    public void Is_noticed_when_it_is_gone()
    {
        using TemporaryStore store = new();
        StoredFile file = store.Make(Key()).Outputs[0];

        File.Delete(store.Open().PathOf(file.Digest));

        Assert.Equal($"blob {file.Digest.Short}… (model.txt) is missing", store.Reason(Key()));
    }

    [Fact]
    public void Is_noticed_when_it_is_cut()
    {
        using TemporaryStore store = new();
        StoredFile file = store.Make(Key()).Outputs[0];

        Overwrite(store.Open().PathOf(file.Digest), "the mod"u8.ToArray());

        Assert.Equal(
            $"blob {file.Digest.Short}… (model.txt) is damaged: expected 9 bytes, found 7",
            store.Reason(Key())
        );
    }

    [Fact]
    public void Is_noticed_when_one_bit_flips_in_place()
    {
        using TemporaryStore store = new();
        StoredFile file = store.Make(Key()).Outputs[0];

        FlipABit(store.Open().PathOf(file.Digest), keepTime: false);

        Assert.Equal(
            $"blob {file.Digest.Short}… (model.txt) is damaged: expected SHA-256 {file.Digest.Short}…, "
                + $"found {Digest.OfText("the modem").Short}…",
            store.Reason(Key())
        );
    }

    [Fact]
    public void Is_noticed_when_the_time_of_the_last_write_is_forged()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // only Linux tells when a file was last changed in any way
        }

        using TemporaryStore store = new();
        StoredFile file = store.Make(Key()).Outputs[0];
        Thread.Sleep(20); // file systems count time in ticks of up to 10 ms

        FlipABit(store.Open().PathOf(file.Digest), keepTime: true);

        Assert.StartsWith($"blob {file.Digest.Short}… (model.txt) is damaged", store.Reason(Key()));
    }

    [Fact]
    public void Is_found_by_a_full_check()
    {
        using TemporaryStore store = new();
        StoredFile file = store.Make(Key()).Outputs[0];
        FlipABit(store.Open().PathOf(file.Digest), keepTime: false);

        StoreCheck check = store.Open().Verify();

        Assert.Equal((1, 1, 9), (check.Records, check.Blobs, check.Bytes));
        Assert.Equal(
            $"Blob {file.Digest.Short}… is damaged: expected SHA-256 {file.Digest.Short}…, "
                + $"found {Digest.OfText("the modem").Short}…; the next run makes it again.",
            Assert.Single(check.Problems)
        );
    }

    [Fact]
    public void Is_not_looked_for_by_hashing_what_did_not_change()
    {
        using TemporaryStore store = new();
        StoredFile file = store.Make(Key()).Outputs[0];
        FlipABit(store.Open().PathOf(file.Digest), keepTime: false);
        BlobStamps stamps = new(Path.Combine(store.Root, "stamps"));

        stamps.Keep(file.Digest, FileStamp.Of(store.Open().PathOf(file.Digest))!.Value); // a stamp that lies

        Assert.Null(store.Reason(Key()));
        Assert.Single(store.Open().Verify().Problems);
        Assert.NotNull(store.Reason(Key())); // the full check has corrected the stamp
    }

    [Fact]
    public void Is_rebuilt_alone_and_leaves_the_items_after_it_cached()
    {
        using TemporaryStore store = new();
        StoredFile model = store.Make(Key("base")).Outputs[0];
        ItemKey next = Key("tuned", ("input.pretrain/base/model.txt", model.Digest.ToString()));
        store.Make(next, ("tuned.txt", "tuned"));
        FlipABit(store.Open().PathOf(model.Digest), keepTime: false);
        Assert.Null(store.Reason(next));

        StoredFile again = store.Make(Key("base")).Outputs[0];

        Assert.Equal(model, again);
        Assert.Null(store.Reason(Key("base")));
        Assert.Null(store.Reason(next));
        Assert.Empty(store.Open().Verify().Problems);
    }

    [Fact]
    public void Does_not_exist_when_only_the_stamps_are_lost()
    {
        using TemporaryStore store = new();
        store.Make(Key());

        Directory.Delete(Path.Combine(store.Root, "stamps"), recursive: true);

        Assert.Null(store.Reason(Key()));
    }

    // "the model" becomes "the modem": the last letter's lowest bit.
    private static void FlipABit(string path, bool keepTime)
    {
        DateTime before = File.GetLastWriteTimeUtc(path);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, keepTime ? before : before.AddSeconds(1));
    }
}
