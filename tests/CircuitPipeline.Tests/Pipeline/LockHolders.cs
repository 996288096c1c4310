using CircuitPipeline.Pipeline.Store;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.PipelineStore;

/// <summary>What the note beside a lock says, where a file system gives everybody the lock.</summary>
public class LockHolders
{
    private static readonly ProcessIdentity Me = ProcessIdentity.OfThisProcess();
    private static readonly ProcessIdentity Init = Me with { Id = 1, Start = "0" };

    [Fact]
    public void Are_dead_when_their_host_has_booted_since() => AssertTakenOver(Me with { Boot = "another", Id = 1 });

    [Fact]
    public void Are_dead_when_no_process_has_their_number() => AssertTakenOver(Me with { Id = int.MaxValue });

    [Fact]
    public void Are_dead_when_their_number_is_another_processes_now() => AssertTakenOver(Init);

    [Fact]
    public void Are_dead_when_another_host_gave_up_its_lock() =>
        AssertTakenOver(Me with { Host = "elsewhere", Id = 1 });

    [Fact]
    public void Are_respected_while_they_live_even_when_the_file_system_has_no_locks()
    {
        using TemporaryStore store = new();
        using StoreProcess living = StoreProcess.Start("hold", Path.Combine(store.Folder, "elsewhere"));
        living.WaitForLine("holding");
        string note = Directory.GetFiles(Path.Combine(store.Folder, "elsewhere", "locks"), "*.holder").Single();
        Directory.CreateDirectory(Path.Combine(store.Root, "locks"));
        File.Copy(note, NoteOf(store));
        LockHolder? told = null;

        using ItemWorkspace workspace = store
            .Open()
            .Begin(
                TemporaryStore.Key(),
                "tiny",
                holder =>
                {
                    told = holder;
                    living.Kill();
                }
            );

        Assert.Equal(living.Id, told?.Process.Id);
    }

    [Fact]
    public void Unreadable_are_nobody()
    {
        using TemporaryStore store = new();
        Directory.CreateDirectory(Path.Combine(store.Root, "locks"));
        File.WriteAllText(NoteOf(store), "{\"process\": null");

        using ItemWorkspace workspace = store.Open().Begin(TemporaryStore.Key(), "tiny");

        Assert.True(Directory.Exists(workspace.Folder));
    }

    [Fact]
    public void Damaged_are_nobody_or_somebody_but_never_a_crash()
    {
        using TemporaryStore store = new();
        string path = Path.Combine(store.Folder, "x.lock");
        byte[] whole = StoreJson.Write(new LockHolder(Me, DateTimeOffset.UnixEpoch));

        Hostile.Survives(
            whole,
            seed: 24,
            damaged =>
            {
                File.WriteAllBytes(path + ".holder", damaged);
                LockHolder? holder = ItemLock.ReadHolder(path);
                _ = holder?.Process.IsKnownDead(Me);
                _ = holder?.ToString();
                return holder is null;
            }
        );
    }

    private static void AssertTakenOver(ProcessIdentity holder)
    {
        using TemporaryStore store = new();
        Directory.CreateDirectory(Path.Combine(store.Root, "locks"));
        File.WriteAllBytes(NoteOf(store), StoreJson.Write(new LockHolder(holder, DateTimeOffset.UnixEpoch)));

        using ItemWorkspace workspace = store.Open().Begin(TemporaryStore.Key(), "tiny", _ => Assert.Fail("waited"));

        Assert.True(Directory.Exists(workspace.Folder));
    }

    private static string NoteOf(TemporaryStore store) =>
        Path.Combine(store.Root, "locks", $"{TemporaryStore.Key().Digest}.lock.holder");
}
