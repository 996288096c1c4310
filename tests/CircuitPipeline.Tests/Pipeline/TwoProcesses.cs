using System.Diagnostics;
using CircuitPipeline.Pipeline.Store;
using CircuitPipeline.StoreHost;
using Xunit;

namespace CircuitPipeline.Tests.PipelineStore;

public class TwoProcesses
{
    private const int Rounds = 6;

    [Fact]
    public void Do_no_damage_and_run_every_item_once()
    {
        using TemporaryStore store = new();
        using StoreProcess first = StoreProcess.Start("dag", store.Root, "one", $"{Rounds}");
        using StoreProcess second = StoreProcess.Start("dag", store.Root, "two", $"{Rounds}");

        string[] ran = [.. first.Finish().Concat(second.Finish()).Where(line => line.StartsWith("ran "))];

        Assert.Equal(Rounds * SmallStudy.Items, ran.Length);
        Assert.Distinct(ran);
        StoreCheck check = store.Open().Verify();
        Assert.Empty(check.Problems);
        Assert.Equal(Rounds * SmallStudy.Items, check.Records);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(store.Root, "work")));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(store.Root, "locks")));
    }

    [Fact]
    public void Go_on_when_one_of_them_is_killed()
    {
        using TemporaryStore store = new();
        Random random = new(11);
        for (int round = 1; round <= 5; round++)
        {
            using StoreProcess victim = StoreProcess.Start("dag", store.Root, "one", "1000");
            using StoreProcess survivor = StoreProcess.Start("dag", store.Root, "two", $"{2 * round}");
            victim.WaitForLine("");
            Thread.Sleep(random.Next(60));
            victim.Kill();

            survivor.Finish();
            Assert.Empty(store.Open().Verify().Problems);
        }
    }

    [Fact]
    public void Wait_for_each_other_and_say_for_whom()
    {
        using TemporaryStore store = new();
        using StoreProcess holder = StoreProcess.Start("hold", store.Root);
        holder.WaitForLine("holding");
        List<LockHolder?> told = new();

        using ItemWorkspace workspace = store
            .Open()
            .Begin(
                SmallStudy.FirstKey(0),
                "tiny",
                waitingFor =>
                {
                    told.Add(waitingFor);
                    holder.Kill();
                }
            );

        LockHolder who = Assert.IsType<LockHolder>(Assert.Single(told));
        Assert.Equal((holder.Id, Environment.MachineName), (who.Process.Id, who.Process.Host));
        Assert.StartsWith($"process {holder.Id} on '{Environment.MachineName}' since 2", who.ToString());
    }

    [Fact]
    public void Never_block_those_who_only_read()
    {
        using TemporaryStore store = new();
        ItemRecord made = store.Make(SmallStudy.FirstKey(0));
        using StoreProcess holder = StoreProcess.Start("hold", store.Root);
        holder.WaitForLine("holding");
        Stopwatch watch = Stopwatch.StartNew();

        Decision decision = store.Open().Decide(SmallStudy.FirstKey(0), "tiny");
        using Stream read = store.Open().OpenRead(made.Outputs[0].Digest);

        Assert.IsType<Decision.Cached>(decision);
        Assert.Equal(made.Outputs[0].Digest, Digest.OfStream(read));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Stop_waiting_when_told_to()
    {
        using TemporaryStore store = new();
        using ItemWorkspace held = store.Open().Begin(TemporaryStore.Key(), "tiny");
        using CancellationTokenSource cancellation = new();

        Assert.Throws<OperationCanceledException>(() =>
            store.Open().Begin(TemporaryStore.Key(), "tiny", _ => cancellation.Cancel(), cancellation.Token)
        );
    }

    [Fact]
    public void Waiting_for_one_item_find_it_published()
    {
        using TemporaryStore store = new();
        ItemWorkspace first = store.Open().Begin(TemporaryStore.Key(), "tiny");
        File.WriteAllText(Path.Combine(first.Folder, "model.txt"), "the model");
        ItemRecord? made = null;

        using ItemWorkspace second = store
            .Open()
            .Begin(
                TemporaryStore.Key(),
                "tiny",
                _ =>
                {
                    made = store.Open().Publish(first, new Dictionary<string, string>());
                    first.Dispose();
                }
            );

        Assert.Equal(made, second.Published);
    }
}
