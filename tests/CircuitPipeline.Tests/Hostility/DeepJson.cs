using System.Text;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Pipeline.Locks;
using CircuitPipeline.Pipeline.Store;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Testing;
using CircuitPipeline.Tests.PipelineStore;
using Xunit;

namespace CircuitPipeline.Tests.Hostility;

/// <summary>JSON nested ten thousand deep, closed and open, in place of the whole and within it.</summary>
public sealed class DeepJson
{
    private const int Depth = 10_000;
    private static readonly Vocabulary Words = Vocabulary.ForNumbers(9);

    public static TheoryData<string> Nested =>
        [
            Repeat("[", Depth) + Repeat("]", Depth),
            Repeat("{\"a\":", Depth) + "1" + Repeat("}", Depth),
            Repeat("[", Depth),
            Repeat("{\"a\":[", Depth),
            "{\"a\":" + Repeat("[", Depth) + Repeat("]", Depth) + "}",
        ];

    [Theory]
    [MemberData(nameof(Nested))]
    public void Is_no_vocabulary(string json) =>
        Refused<InvalidDataException>(json, bytes => VocabularyFile.Parse(bytes, "file"));

    [Theory]
    [MemberData(nameof(Nested))]
    public void Is_no_prompt_pair(string json) =>
        Refused<InvalidDataException>(json + "\n", bytes => PairsFile.Parse(bytes, "file", Words));

    [Theory]
    [MemberData(nameof(Nested))]
    public void Is_no_configuration(string json) =>
        Refused<InvalidDataException>(json, bytes => HuggingFaceConfig.Parse(bytes, "file"));

    [Theory]
    [MemberData(nameof(Nested))]
    public void Is_no_circuit(string json) =>
        Refused<InvalidDataException>(json, bytes => CircuitFile.Parse(bytes, "file"));

    [Theory]
    [MemberData(nameof(Nested))]
    public void Is_no_lock(string json)
    {
        using TemporaryStore store = new();
        string path = Path.Combine(store.Folder, "file");
        File.WriteAllText(path, json);

        Refused<InvalidDataException>(json, _ => StudyLock.Read(path));
    }

    [Theory]
    [MemberData(nameof(Nested))]
    public void Is_no_record_and_no_note_of_the_store(string json)
    {
        using TemporaryStore store = new();
        store.Make(TemporaryStore.Key());
        File.WriteAllText(store.RecordPath(TemporaryStore.Key()), json);

        Assert.EndsWith("is damaged: it is not the JSON of a record", store.Reason(TemporaryStore.Key()));
        Assert.Null(StoreJson.ReadHolder(Encoding.UTF8.GetBytes(json)));
        Assert.Null(StoreJson.ReadKey(Encoding.UTF8.GetBytes(json)));
    }

    private static void Refused<TException>(string json, Action<byte[]> read)
        where TException : Exception
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);

        Assert.Contains("file", Hostile.Refusal<TException>(bytes.Length, () => read(bytes)));
    }

    private static string Repeat(string part, int count) => string.Concat(Enumerable.Repeat(part, count));
}
