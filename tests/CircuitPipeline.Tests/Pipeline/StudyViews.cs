using CircuitPipeline.Pipeline.Store;
using Xunit;
using static CircuitPipeline.Tests.PipelineStore.TemporaryStore;

namespace CircuitPipeline.Tests.PipelineStore;

public class StudyViews
{
    [Fact]
    public void Show_names_instead_of_digests()
    {
        using TemporaryStore store = new();
        ItemRecord made = store.Make(Key(), ("model.txt", "weights"), ("logs/loss.csv", "1.5"));

        View(store).Show("pretrain", [made]);

        string folder = Path.Combine(store.Folder, "tiny", "pretrain", "base");
        Assert.Equal(folder, View(store).FolderOf("pretrain", "base"));
        Assert.Equal("weights", File.ReadAllText(Path.Combine(folder, "model.txt")));
        Assert.Equal("1.5", File.ReadAllText(Path.Combine(folder, "logs", "loss.csv")));
    }

    [Fact]
    public void Remove_what_no_record_names_any_more()
    {
        using TemporaryStore store = new();
        ItemRecord old = store.Make(Key("old"), ("deep/er/x.txt", "x"));
        ItemRecord next = store.Make(Key("next"), ("y.txt", "y"));
        View(store).Show("pretrain", [old]);

        View(store).Show("pretrain", [next]);

        Assert.Equal(["next"], Names(Path.Combine(store.Folder, "tiny", "pretrain")));
    }

    [Fact]
    public void Leave_other_stages_and_foreign_files_alone()
    {
        using TemporaryStore store = new();
        ItemRecord made = store.Make(Key());
        View(store).Show("pretrain", [made]);
        View(store).Show("fine-tune", [made]);
        File.WriteAllText(Path.Combine(store.Folder, "tiny", "pretrain", "base", "notes.txt"), "mine");

        View(store).Show("pretrain", []);

        Assert.Equal(["notes.txt"], Names(Path.Combine(store.Folder, "tiny", "pretrain", "base")));
        Assert.Equal(["model.txt"], Names(Path.Combine(store.Folder, "tiny", "fine-tune", "base")));
    }

    [Fact]
    public void Can_be_edited_without_harm_to_the_store_and_are_restored()
    {
        using TemporaryStore store = new();
        ItemRecord made = store.Make(Key());
        View(store).Show("pretrain", [made]);
        string file = Path.Combine(View(store).FolderOf("pretrain", "base"), "model.txt");
        File.AppendAllText(file, " (edited)");

        View(store).Show("pretrain", [made]);

        Assert.Equal("the model", File.ReadAllText(file));
        Assert.Empty(store.Open().Verify().Problems);
    }

    [Theory]
    [InlineData("the model")] // small
    [InlineData(null)] // more than is hashed at every run
    public void Notice_other_bytes_and_say_which_file_was_restored(string? text)
    {
        string content = text ?? new string('x', 3 << 20);
        using TemporaryStore store = new();
        ItemRecord made = store.Make(Key(), ("model.txt", content));
        Assert.Empty(View(store).Show("pretrain", [made]));
        string file = Path.Combine(View(store).FolderOf("pretrain", "base"), "model.txt");
        DateTime time = File.GetLastWriteTimeUtc(file);
        File.WriteAllText(file, content.ToUpperInvariant());
        File.SetLastWriteTimeUtc(file, time);

        Assert.Equal([file], View(store).Differences("pretrain", [made]));
        Assert.Equal([file], View(store).Show("pretrain", [made]));
        Assert.Equal(content, File.ReadAllText(file));
        Assert.Empty(View(store).Differences("pretrain", [made]));
    }

    [Fact]
    public void Leave_a_file_with_the_right_bytes_alone_whatever_its_time()
    {
        using TemporaryStore store = new();
        ItemRecord made = store.Make(Key(), ("model.txt", new string('x', 3 << 20)));
        View(store).Show("pretrain", [made]);
        string file = Path.Combine(View(store).FolderOf("pretrain", "base"), "model.txt");
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);

        Assert.Empty(View(store).Show("pretrain", [made]));

        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(file));
    }

    [Fact]
    public void Touch_nothing_when_nothing_changed()
    {
        using TemporaryStore store = new();
        ItemRecord made = store.Make(Key());
        View(store).Show("pretrain", [made]);
        string file = Path.Combine(View(store).FolderOf("pretrain", "base"), "model.txt");
        string manifest = Path.Combine(store.Folder, "tiny", ".pretrain.view");
        (FileStamp?, FileStamp?) before = (FileStamp.Of(file), FileStamp.Of(manifest));

        View(store).Show("pretrain", [made]);

        Assert.Equal(before, (FileStamp.Of(file), FileStamp.Of(manifest)));
    }

    [Fact]
    public void Cannot_be_those_of_a_study_named_like_the_store()
    {
        using TemporaryStore store = new();

        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            new StudyView(store.Open(), store.Folder, "store")
        );

        Assert.StartsWith("A study cannot be named 'store', because ", error.Message);
    }

    private static StudyView View(TemporaryStore store) => new(store.Open(), store.Folder, StudyName);

    private static IEnumerable<string?> Names(string folder) =>
        Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
