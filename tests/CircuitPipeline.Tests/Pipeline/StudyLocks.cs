using System.Text.RegularExpressions;
using CircuitPipeline.Pipeline.Locks;
using CircuitPipeline.Pipeline.Store;
using CircuitPipeline.Testing;
using Xunit;
using static CircuitPipeline.Tests.PipelineStore.TemporaryStore;

namespace CircuitPipeline.Tests.PipelineStore;

public class StudyLocks
{
    private static LockedOn Here { get; } = new("x86-64 avx2", "fast");

    [Fact]
    public void Read_as_they_were_written()
    {
        using TemporaryStore store = new();
        string path = Path.Combine(store.Folder, "tiny.lock.json");
        StudyLock written = Lock(store.Make(Key("b")), store.Make(Key("a"), ("x.txt", "x"), ("w.txt", "w")));

        Assert.True(written.Write(path));

        byte[] before = File.ReadAllBytes(path);
        Assert.False(StudyLock.Read(path).Write(path));
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal(["pretrain/a", "pretrain/b"], StudyLock.Read(path).Items.Keys);
    }

    [Fact]
    public void Are_text_that_people_can_read_in_a_diff()
    {
        using TemporaryStore store = new();
        string path = Path.Combine(store.Folder, "tiny.lock.json");

        Lock(store.Make(Key("base"))).Write(path);

        Assert.Equal(
            """
            {
              "format": 2,
              "study": "tiny",
              "processor": "x86-64 avx2",
              "numerics": "fast",
              "engine": "libtorch 2.10.0",
              "items": {
                "pretrain/base": {
                  "key": "DIGEST",
                  "outputs": {
                    "model.txt": "DIGEST"
                  }
                }
              }
            }

            """,
            Regex.Replace(File.ReadAllText(path), "[0-9a-f]{64}", "DIGEST")
        );
    }

    [Fact]
    public void Equal_a_run_that_made_the_same()
    {
        using TemporaryStore store = new();
        ItemRecord made = store.Make(Key());

        LockComparison comparison = Lock(made).Compare([made], Here, "libtorch 2.10.0");

        Assert.True(comparison is { IsEqual: true, MustBeEqual: true, IsSameEngine: true });
    }

    [Fact]
    public void Tell_other_bytes_from_another_key_and_from_a_new_item()
    {
        using TemporaryStore store = new();
        ItemRecord made = store.Make(Key("base"));
        ItemRecord otherBytes = made with { Outputs = [new StoredFile("model.txt", Digest.OfText("noise"), 5)] };
        ItemRecord otherKey = made with { Key = Key("base", ("spec.steps", "6")) };
        ItemRecord newItem = made with { Key = Key("new") };

        LockDifference[] found =
        [
            .. new[] { otherBytes, otherKey, newItem }.Select(record =>
                Assert.Single(
                    Lock(made).Compare([record], new LockedOn("arm64", "fast"), "libtorch 2.11.0").Differences
                )
            ),
        ];

        Assert.Equal(
            [LockDifferenceKind.OtherBytes, LockDifferenceKind.OtherKey, LockDifferenceKind.NotLocked],
            found.Select(difference => difference.Kind)
        );
        Assert.Equal("same key, other bytes: 'model.txt'", found[0].Explanation);
        Assert.Equal(
            $"its key is {otherKey.Key.Digest.Short}…, and the lock has {made.Key.Digest.Short}…",
            found[1].Explanation
        );
    }

    [Fact]
    public void Know_another_processor_and_another_engine()
    {
        LockComparison comparison = Lock().Compare([], Here with { Processor = "arm64" }, "libtorch 2.11.0");

        Assert.True(comparison is { IsEqual: true, MustBeEqual: false, IsSameNumerics: true, IsSameEngine: false });
    }

    [Theory]
    [InlineData("reproducible", "reproducible", true)]
    [InlineData("fast", "fast", false)]
    [InlineData("reproducible", "fast", false)]
    [InlineData("fast", "reproducible", false)]
    public void Hold_on_another_processor_where_both_computed_reproducibly(string locked, string here, bool mustBeEqual)
    {
        StudyLock studyLock = StudyLock.Empty("tiny", Here with { Numerics = locked }, "libtorch 2.10.0");

        LockComparison comparison = studyLock.Compare([], new LockedOn("another", here), "libtorch 2.10.0");

        Assert.Equal(mustBeEqual, comparison.MustBeEqual);
    }

    [Fact]
    public void Say_where_they_cannot_be_read()
    {
        using TemporaryStore store = new();
        string path = Path.Combine(store.Folder, "tiny.lock.json");
        Lock(store.Make(Key())).Write(path);
        File.WriteAllText(path, File.ReadAllText(path).Replace("  \"engine\"", "<<<<<<< HEAD\n  \"engine\""));

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => StudyLock.Read(path));

        Assert.Equal(
            $"{path}(6,1): this lock cannot be read: it is not the JSON of a lock; "
                + "restore it from git, or write it anew with --update-lock.",
            error.Message
        );
    }

    [Fact]
    public void Of_another_version_say_so()
    {
        using TemporaryStore store = new();
        string path = Path.Combine(store.Folder, "tiny.lock.json");
        File.WriteAllText(path, """{ "format": 1, "study": "tiny", "items": {} }""");

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => StudyLock.Read(path));

        Assert.Equal(
            $"{path}: this lock cannot be read: its format is 1, and this version reads 2; "
                + "restore it from git, or write it anew with --update-lock.",
            error.Message
        );
    }

    [Fact]
    public void Damaged_give_one_sentence_and_never_crash()
    {
        using TemporaryStore store = new();
        string path = Path.Combine(store.Folder, "tiny.lock.json");
        Lock(store.Make(Key("a")), store.Make(Key("b"))).Write(path);

        Hostile.Refuses<InvalidDataException>(
            File.ReadAllBytes(path),
            seed: 23,
            damaged =>
            {
                File.WriteAllBytes(path, damaged);
                Assert.NotNull(StudyLock.Read(path).Items);
            },
            @"\A[^\r\n]*tiny\.lock\.json[^\r\n]*: this lock cannot be read: [^\r\n\u2028]*\.\z"
        );
    }

    private static StudyLock Lock(params ItemRecord[] records) =>
        StudyLock.Empty("tiny", Here, "libtorch 2.10.0").With(records);
}
