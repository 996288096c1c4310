using System.Collections.Immutable;
using CircuitPipeline.Pipeline.Locks;
using CircuitPipeline.Pipeline.Store;
using CircuitPipeline.Testing;
using Xunit;
using static CircuitPipeline.Tests.PipelineStore.TemporaryStore;

namespace CircuitPipeline.Tests.PipelineStore;

/// <summary>A full disk, which here is the device <c>/dev/full</c> behind the temporary name: no writer leaves a part of a file.</summary>
public sealed class FullDisks
{
    [FullDiskFact]
    public void Fail_a_write_that_must_last_and_leave_the_old_file()
    {
        using TemporaryStore store = new();
        string path = Path.Combine(store.Folder, "circuit.json");
        File.WriteAllText(path, "old");
        BecomesFull($"{path}.{Environment.ProcessId}.tmp");

        IOException error = Assert.Throws<IOException>(() => DurableFile.Write(path, "new"u8));

        Assert.Contains("No space left on device", error.Message);
        Assert.Equal(["circuit.json"], Files(store.Folder));
        Assert.Equal("old", File.ReadAllText(path));
    }

    [FullDiskFact]
    public void Leave_a_lock_as_it_was()
    {
        using TemporaryStore store = new();
        string path = Path.Combine(store.Folder, "tiny.lock.json");
        LockedOn here = new("class-a", "reproducible");
        StudyLock.Empty("tiny", here, "engine 1").Write(path);
        BecomesFull(path + ".tmp");

        Assert.Throws<IOException>(() => StudyLock.Empty("tiny", here, "engine 2").Write(path));

        Assert.Equal(["tiny.lock.json"], Files(store.Folder));
        Assert.Equal("engine 1", StudyLock.Read(path).Engine);
    }

    [FullDiskFact]
    public void Cost_no_more_than_a_rehash_where_a_stamp_cannot_be_kept()
    {
        using TemporaryStore store = new();
        Digest digest = Digest.OfText("blob");
        BecomesFull(Path.Combine(store.Folder, digest.ToString()[..2] + ".tmp"));

        new BlobStamps(store.Folder).Keep(digest, new FileStamp(1, 2, 3, 4));

        Assert.Empty(Files(store.Folder));
    }

    [FullDiskFact]
    public void Cost_no_more_than_an_explanation_where_a_key_cannot_be_noted()
    {
        using TemporaryStore store = new();
        ItemKey key = Key();
        store.Make(key);
        string note = Assert.Single(
            Directory.GetFiles(Path.Combine(store.Root, "last"), "*", SearchOption.AllDirectories)
        );
        File.Delete(note);
        BecomesFull(note + ".tmp");

        store.Open().Remember(StudyName, key);

        Assert.Empty(Files(Path.GetDirectoryName(note)!));
    }

    [FullDiskFact]
    public void Leave_no_part_of_a_record_in_the_store()
    {
        using TemporaryStore store = new();
        using (ItemWorkspace workspace = store.Open().Begin(Key(), StudyName))
        {
            File.WriteAllText(Path.Combine(workspace.Folder, "model.txt"), "the model");
            BecomesFull(workspace.Temporary);

            Assert.Throws<IOException>(() =>
                store.Open().Publish(workspace, ImmutableDictionary<string, string>.Empty)
            );
        }

        Assert.Empty(Files(Path.Combine(store.Root, "work")));
        Assert.Equal("nothing is stored for it yet", store.Reason(Key()));
    }

    [FullDiskTheory]
    [InlineData("tiny/pretrain/base/model.txt.part")]
    [InlineData("tiny/.pretrain.view.part")]
    public void Leave_no_part_of_a_view(string name)
    {
        using TemporaryStore store = new();
        ItemRecord made = store.Make(Key());
        StudyView view = new(store.Open(), store.Folder, StudyName);
        string part = Path.Combine(store.Folder, name);
        BecomesFull(part);

        Assert.Throws<IOException>(() => view.Show("pretrain", [made]));

        Assert.Null(new FileInfo(part).LinkTarget);
        Assert.False(File.Exists(part));
        Assert.Empty(view.Show("pretrain", [made]));
        Assert.Empty(view.Differences("pretrain", [made]));
    }

    [FullDiskFact]
    public void Leave_no_part_of_what_a_stage_publishes()
    {
        using TemporaryStore store = new();
        ItemRecord made = store.Make(Key());
        PublishedFiles published = new(store.Folder, "report", [made]);
        string page = Path.Combine(store.Folder, "report.html");
        BecomesFull($"{page}.{Environment.ProcessId}.tmp");

        Assert.Throws<IOException>(() => published.Write("report.html", "the page"u8.ToArray()));

        Assert.DoesNotContain(Files(store.Folder), name => name!.EndsWith(".tmp", StringComparison.Ordinal));
        Assert.False(new PublishedFiles(store.Folder, "report", [made]).AreWhole);
    }

    private static void BecomesFull(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.CreateSymbolicLink(path, FullDiskFactAttribute.Device);
    }

    private static IEnumerable<string?> Files(string folder) =>
        Directory.Exists(folder)
            ? Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            : [];
}
