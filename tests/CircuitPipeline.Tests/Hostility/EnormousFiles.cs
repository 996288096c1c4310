using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Locks;
using CircuitPipeline.Pipeline.Store;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs.Paper;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Testing;
using CircuitPipeline.Tests.PipelineStore;
using Xunit;

namespace CircuitPipeline.Tests.Hostility;

/// <summary>Files of a gigabyte and more, which cost the disk nothing, and must cost a reader nothing either.</summary>
public sealed class EnormousFiles : IDisposable
{
    private static readonly Vocabulary Words = Vocabulary.ForNumbers(9);
    private readonly SparseFile _file = new(SparseFile.Gigabyte + 1);

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Are_no_vocabulary() => Refused<InvalidDataException>(path => VocabularyFile.Read(path));

    [Fact]
    public void Are_no_prompt_pairs() => Refused<InvalidDataException>(path => PairsFile.Read(path, Words));

    [Fact]
    public void Are_no_corpus() => Refused<InvalidDataException>(path => CorpusFile.Read(path, Words));

    [Fact]
    public void Are_no_data_of_the_paper() => Refused<InvalidDataException>(path => PaperFile.Read(path));

    [Fact]
    public void Are_no_configuration() => Refused<InvalidDataException>(path => HuggingFaceConfig.Read(path));

    [Fact]
    public void Are_no_circuit() => Refused<InvalidDataException>(path => CircuitFile.Read(path));

    [Fact]
    public void Are_no_experiment() => Refused<InvalidExperimentException>(path => SpecReader.ReadFile(path, "x.yaml"));

    [Fact]
    public void Are_no_lock() => Refused<InvalidDataException>(path => StudyLock.Read(path));

    [Fact]
    public void Are_no_record_and_no_note_of_the_store()
    {
        using TemporaryStore store = new();
        ItemKey key = TemporaryStore.Key();
        store.Make(key);
        foreach (string path in Directory.GetFiles(store.Root, "*", SearchOption.AllDirectories))
        {
            if (path.Contains("blobs", StringComparison.Ordinal))
            {
                continue;
            }

            using FileStream file = File.OpenWrite(path);
            file.SetLength(SparseFile.Gigabyte);
        }
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.EndsWith("it has 1073741824 bytes, and the largest record has 16777216", store.Reason(key));
        Assert.Equal("nothing is stored for it yet", store.Reason(TemporaryStore.Key("base", ("spec.steps", "6"))));
        File.Move(store.RecordPath(key), Path.Combine(store.Folder, "x.holder"));
        Assert.Null(ItemLock.ReadHolder(Path.Combine(store.Folder, "x")));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private void Refused<TException>(Action<string> read)
        where TException : Exception
    {
        string message = Hostile.Refusal<TException>(0, () => read(_file.Path));

        Assert.Contains("1073741825 bytes", message.Replace("'", null));
    }
}
