using CircuitPipeline.Pipeline.Store;
using CircuitPipeline.StoreHost;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.PipelineStore;

public class KilledProcess
{
    private const int Kills = 30;
    private const int Rounds = 1000; // more than any of them lives to see

    [Slow]
    [Fact]
    public void Leaves_a_store_from_which_the_next_run_continues()
    {
        using TemporaryStore store = new();
        Random random = new(7);
        int interrupted = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            using StoreProcess process = StoreProcess.Start("dag", store.Root, "tiny", $"{Rounds}");
            process.WaitForLine("ran "); // from here on it is publishing
            Thread.Sleep(TimeSpan.FromMilliseconds(random.Next(40)));
            process.Kill();

            int workspaces = Entries(store, "work");
            interrupted += workspaces;
            Assert.InRange(workspaces, 0, 1); // one thread, one item: what earlier kills left has been swept
            Assert.InRange(Entries(store, "locks"), 0, 2); // the lock file and its holder's
            Assert.Empty(store.Open().Verify().Problems);
        }
        Assert.InRange(interrupted, Kills / 4, Kills); // the kills did hit items at work

        Assert.Equal(Outcome(2), Outcome(2, store));
        Assert.Equal(0, Entries(store, "work"));
        Assert.Equal(0, Entries(store, "locks"));
        Assert.InRange(Stray(store), 0, 256); // at most one unfinished stamp file per pair of digits
    }

    [Fact]
    public void Gives_back_its_lock_and_leaves_no_half_result()
    {
        using TemporaryStore store = new();
        using StoreProcess process = StoreProcess.Start("hold", store.Root);
        process.WaitForLine("holding");
        Assert.Equal(1, Entries(store, "work"));

        process.Kill();

        using ItemWorkspace workspace = store.Open().Begin(SmallStudy.FirstKey(0), "tiny");
        Assert.Null(workspace.Published);
        Assert.Empty(Directory.GetFileSystemEntries(workspace.Folder));
    }

    [Fact]
    public void Is_swept_up_after_without_touching_those_that_live()
    {
        using TemporaryStore store = new();
        using StoreProcess process = StoreProcess.Start("hold", store.Root);
        process.WaitForLine("holding");
        Assert.Equal(0, store.Open().Sweep());

        process.Kill();

        Assert.Equal(1, store.Open().Sweep());
        Assert.Equal(0, Entries(store, "work") + Entries(store, "locks"));
    }

    /// <summary>The records of so many rounds, after a run; in a fresh store when none is given.</summary>
    private static List<string> Outcome(int rounds, TemporaryStore? at = null)
    {
        using TemporaryStore? fresh = at is null ? new TemporaryStore() : null;
        TemporaryStore store = at ?? fresh!;
        ArtifactStore open = store.Open();
        open.Sweep();
        List<string> lines = [];
        for (int round = 0; round < rounds; round++)
        {
            lines.AddRange(new SmallStudy(open, "tiny", round).Run().Select(line => line.Split(' ', 2)[1]));
        }

        Assert.Empty(open.Verify().Problems);
        return lines;
    }

    private static int Entries(TemporaryStore store, string folder)
    {
        string path = Path.Combine(store.Root, folder);
        return Directory.Exists(path) ? Directory.GetFileSystemEntries(path).Length : 0;
    }

    private static int Stray(TemporaryStore store) =>
        Directory.GetFiles(store.Root, "*.tmp", SearchOption.AllDirectories).Length;
}
