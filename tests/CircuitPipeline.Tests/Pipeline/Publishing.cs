using CircuitPipeline.Pipeline.Store;
using Xunit;
using static CircuitPipeline.Tests.PipelineStore.TemporaryStore;

namespace CircuitPipeline.Tests.PipelineStore;

public class Publishing
{
    [Fact]
    public void Stores_equal_bytes_once()
    {
        using TemporaryStore store = new();
        store.Make(Key("first"), ("a.txt", "same"), ("b.txt", "same"));
        store.Make(Key("second"), ("c.txt", "same"));

        Assert.Single(Directory.GetFiles(Path.Combine(store.Root, "blobs"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Makes_blobs_read_only()
    {
        using TemporaryStore store = new();
        string blob = store.Open().PathOf(store.Make(Key()).Outputs[0].Digest);

        if (!OperatingSystem.IsWindows())
        {
            Assert.False(File.GetUnixFileMode(blob).HasFlag(UnixFileMode.UserWrite));
        }

        using Stream read = store.Open().OpenRead(Digest.OfText("the model"));
        Assert.Equal(Digest.OfText("the model"), Digest.OfStream(read));
    }

    [Fact]
    public void Leaves_nothing_but_blobs_records_and_notes()
    {
        using TemporaryStore store = new();
        store.Make(Key());

        string[] files = Directory.GetFiles(store.Root, "*", SearchOption.AllDirectories);

        Assert.Equal(
            ["blobs", "last", "records", "stamps"],
            files.Select(file => Path.GetRelativePath(store.Root, file).Split(Path.DirectorySeparatorChar)[0]).Order()
        );
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(store.Root, "work")));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(store.Root, "locks")));
    }

    [Fact]
    public void Stores_nothing_of_a_workspace_that_was_given_up()
    {
        using TemporaryStore store = new();
        using (ItemWorkspace workspace = store.Open().Begin(Key(), StudyName))
        {
            File.WriteAllText(Path.Combine(workspace.Folder, "half.txt"), "half");
        }

        Assert.Equal("nothing is stored for it yet", store.Reason(Key()));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(store.Root, "work")));
    }

    [Fact]
    public void Keeps_the_first_record_when_the_outputs_are_the_same()
    {
        using TemporaryStore store = new();
        ItemRecord first = store.Make(Key());
        byte[] before = File.ReadAllBytes(store.RecordPath(Key()));

        using ItemWorkspace workspace = store.Open().Begin(Key(), StudyName);
        File.WriteAllText(Path.Combine(workspace.Folder, "model.txt"), "the model");
        ItemRecord second = store.Open().Publish(workspace, new Dictionary<string, string> { ["host"] = "there" });

        Assert.Equal(first, workspace.Published);
        Assert.Equal(first, second);
        Assert.Equal(before, File.ReadAllBytes(store.RecordPath(Key())));
    }

    [Fact]
    public void Takes_names_that_no_path_could_hold()
    {
        using TemporaryStore store = new();
        ItemKey[] keys = [Key("../../escape"), Key("a/b:c"), Key(".."), Key(new string('x', 500)), Key("ä 𝄞")];

        Assert.All(keys, key => store.Make(key));

        Assert.All(keys, key => Assert.Null(store.Reason(key)));
        Assert.Equal(["store"], Directory.GetFileSystemEntries(store.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Refuses_a_link_among_the_outputs()
    {
        using TemporaryStore store = new();
        using ItemWorkspace workspace = store.Open().Begin(Key(), StudyName);
        File.CreateSymbolicLink(Path.Combine(workspace.Folder, "link"), "/etc/hostname");

        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            store.Open().Publish(workspace, new Dictionary<string, string>())
        );

        Assert.Equal(
            "Output 'link' is a link to '/etc/hostname', and only files are stored; write the file itself.",
            error.Message
        );
    }

    [Fact]
    public void Works_from_many_threads_at_once()
    {
        using TemporaryStore store = new();
        ArtifactStore shared = store.Open();

        Parallel.For(
            0,
            48,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            item =>
            {
                using ItemWorkspace workspace = shared.Begin(Key($"item-{item / 2}"), StudyName); // every item twice
                File.WriteAllText(Path.Combine(workspace.Folder, "same.txt"), "the same");
                File.WriteAllText(Path.Combine(workspace.Folder, "own.txt"), $"{item / 2}");
                shared.Publish(workspace, new Dictionary<string, string>());
            }
        );

        StoreCheck check = store.Open().Verify();
        Assert.Equal((24, 25), (check.Records, check.Blobs));
        Assert.Empty(check.Problems);
    }
}
