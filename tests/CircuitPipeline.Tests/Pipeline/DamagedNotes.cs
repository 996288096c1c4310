using CircuitPipeline.Pipeline.Store;
using CircuitPipeline.Testing;
using Xunit;
using static CircuitPipeline.Tests.PipelineStore.TemporaryStore;

namespace CircuitPipeline.Tests.PipelineStore;

/// <summary>The store's text files that only save work: stamps of blobs, and manifests of views.</summary>
public class DamagedNotes
{
    private const SearchOption All = SearchOption.AllDirectories;

    [Fact]
    public void Of_stamps_cost_a_hash_and_nothing_else()
    {
        using TemporaryStore store = new();
        ItemRecord made = store.Make(Key());
        Assert.Null(store.Reason(Key()));
        string path = Assert.Single(Directory.GetFiles(Path.Combine(store.Root, "stamps"), "*", All));
        byte[] whole = File.ReadAllBytes(path);
        FileStamp stamp = FileStamp.Of(store.Open().PathOf(made.Outputs[0].Digest))!.Value;

        Hostile.Survives(
            whole,
            seed: 25,
            damaged =>
            {
                Overwrite(path, damaged);
                bool isKnown = new BlobStamps(Path.GetDirectoryName(path)!).Knows(made.Outputs[0].Digest, stamp);
                Assert.Null(store.Reason(Key()));
                return !isKnown;
            }
        );
    }

    [Fact]
    public void Of_views_copy_files_anew_and_leave_what_they_do_not_name()
    {
        using TemporaryStore store = new();
        ItemRecord made = store.Make(Key(), ("model.txt", "weights"), ("logs/loss.csv", "1.5"));
        StudyView view = new(store.Open(), store.Folder, "tiny");
        view.Show("pretrain", [made]);
        string folder = Path.Combine(store.Folder, "tiny");
        string path = Assert.Single(Directory.GetFiles(folder, ".*.view"));
        byte[] whole = File.ReadAllBytes(path);
        string shown = Path.Combine(folder, "pretrain", "base", "model.txt");
        string outside = Path.Combine(store.Folder, "mine.txt");
        File.WriteAllText(outside, "mine");

        Hostile.Survives(
            whole,
            seed: 26,
            damaged =>
            {
                File.WriteAllBytes(path, damaged);
                ViewManifest manifest = new(folder, "pretrain");
                Assert.All(manifest.Names, name => Assert.True(PathSegment.IsInnerPath(name), name));
                return !manifest.Shows("base/model.txt", made.Outputs.Single(IsModel).Digest, shown);
            }
        );
        foreach (byte[] damaged in Mutations.Of(whole, 100, seed: 28)) // each copies and flushes
        {
            File.WriteAllBytes(path, damaged);
            view.Show("pretrain", [made]);
            Assert.Equal("weights", File.ReadAllText(shown));
            Assert.Equal(2, Directory.GetFiles(Path.Combine(folder, "pretrain"), "*", All).Length);
        }

        Assert.Equal("mine", File.ReadAllText(outside));
    }

    private static bool IsModel(StoredFile file) => file.Name == "model.txt";
}
