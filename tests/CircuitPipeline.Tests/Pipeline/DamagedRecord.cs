using CircuitPipeline.Pipeline.Store;
using CircuitPipeline.Testing;
using Xunit;
using static CircuitPipeline.Tests.PipelineStore.TemporaryStore;

namespace CircuitPipeline.Tests.PipelineStore;

public class DamagedRecord
{
    private static readonly ItemKey Full = Key("base", ("spec.steps", "5"), ("code.Training", "abc"));

    [Fact]
    public void Counts_as_absent_when_it_is_half_there()
    {
        using TemporaryStore store = new();
        store.Make(Full);
        byte[] whole = File.ReadAllBytes(store.RecordPath(Full));
        for (int length = 0; length < whole.Length - 1; length += 7)
        {
            File.WriteAllBytes(store.RecordPath(Full), whole[..length]);

            Assert.Equal(
                $"its record {Full.Digest.Short}… is damaged: it is not the JSON of a record",
                store.Reason(Full)
            );
        }
    }

    [Fact]
    public void Counts_as_absent_when_it_is_another_items()
    {
        using TemporaryStore store = new();
        store.Make(Full);
        store.Make(Key("other"));

        File.Copy(store.RecordPath(Key("other")), store.RecordPath(Full), overwrite: true);

        Assert.Equal($"its record {Full.Digest.Short}… is damaged: it belongs to another key", store.Reason(Full));
        Assert.Contains("it belongs to another key", Assert.Single(store.Open().Verify().Problems));
    }

    [Theory]
    [InlineData("\"format\": 1", "\"format\": 2", "its format is 2, and this version reads 1")]
    [InlineData("\"name\": \"model.txt\"", "\"name\": \"../model.txt\"", "output '../model.txt' is not a name inside")]
    [InlineData("\"name\": \"model.txt\"", "\"name\": \"/etc/passwd\"", "output '/etc/passwd' is not a name inside")]
    [InlineData("\"name\": \"model.txt\"", "\"name\": \"moxel.txt\"", "its checksum does not fit its contents")]
    [InlineData("\"bytes\": 9", "\"bytes\": 8", "its checksum does not fit its contents")]
    [InlineData("\"spec.steps\": \"5\"", "\"spec.steps\": \"6\"", "its digest is not that of its key")]
    [InlineData("\"spec.steps\": \"5\"", "\"spec.steps\": null", "a value is null")]
    [InlineData("\"spec.steps\": \"5\"", "\"spec.steps\": \"\\ud800\"", "it ")]
    [InlineData("\"host\": \"here\"", "\"host\": \"here\", \"host\": \"x\"", "it is not the JSON of a record")]
    [InlineData("\"format\": 1", "\"formats\": 1", "it is not the JSON of a record")]
    public void Counts_as_absent_when_a_value_is_not_what_was_written(string before, string after, string problem)
    {
        using TemporaryStore store = new();
        store.Make(Full);
        string text = File.ReadAllText(store.RecordPath(Full));

        File.WriteAllText(store.RecordPath(Full), text.Replace(before, after));

        Assert.NotEqual(text, File.ReadAllText(store.RecordPath(Full)));
        Assert.StartsWith($"its record {Full.Digest.Short}… is damaged: {problem}", store.Reason(Full));
    }

    [Fact]
    public void Is_explained_when_only_it_is_gone()
    {
        using TemporaryStore store = new();
        store.Make(Full);

        File.Delete(store.RecordPath(Full));

        Assert.Equal($"its record {Full.Digest.Short}… is missing", store.Reason(Full));
    }

    [Fact]
    public void Is_made_again_by_the_next_run()
    {
        using TemporaryStore store = new();
        ItemRecord made = store.Make(Full);
        File.WriteAllText(store.RecordPath(Full), "{}");

        ItemRecord again = store.Make(Full);

        Assert.Equal(made, again);
        Assert.Null(store.Reason(Full));
    }

    [Fact]
    public void Never_crashes_a_run_nor_passes_for_whole()
    {
        using TemporaryStore store = new();
        ItemRecord made = store.Make(Full, ("model.txt", "the model"), ("logs/loss.csv", "1.5"));
        byte[] whole = File.ReadAllBytes(store.RecordPath(Full));
        Hostile.Survives(
            whole,
            seed: 21,
            damaged =>
            {
                File.WriteAllBytes(store.RecordPath(Full), damaged);
                if (store.Open().Decide(Full, StudyName) is Decision.Cached { Record: var record })
                {
                    Assert.Equal(made, record); // the change was to white space
                    return false;
                }
                Assert.Matches(@"\A[^\r\n\u2028]{1,1000}\z", store.Reason(Full));
                Assert.Contains("is damaged: ", store.Reason(Full));
                return true;
            }
        );
    }

    [Fact]
    public void Of_the_last_key_only_makes_the_explanation_shorter()
    {
        using TemporaryStore store = new();
        store.Make(Full);
        string path = Path.Combine(store.Root, "last", StudyName, "pretrain", "base.json");
        byte[] whole = File.ReadAllBytes(path);
        Hostile.Survives(
            whole,
            seed: 22,
            damaged =>
            {
                File.WriteAllBytes(path, damaged);
                Assert.False(string.IsNullOrEmpty(store.Reason(Key("base", ("spec.steps", "6")))));
                return StoreJson.ReadKey(damaged) is null;
            }
        );
    }
}
