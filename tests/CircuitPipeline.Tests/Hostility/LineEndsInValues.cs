using System.Text;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Pipeline.Locks;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Testing;
using CircuitPipeline.Tests.PipelineStore;
using Xunit;

namespace CircuitPipeline.Tests.Hostility;

/// <summary>Values that would break a message into lines, or fill the screen, when it repeats them as they are.</summary>
public sealed class LineEndsInValues
{
    private static readonly string Value = "a\\nb\\r\\u2028c\\u0000" + new string('x', 5_000);

    [Theory]
    [InlineData("{\"model_type\":\"VALUE\"}")]
    [InlineData("{\"model_type\":\"gpt_neox\",\"hidden_act\":\"VALUE\",\"hidden_size\":8,\"vocab_size\":8}")]
    [InlineData("{\"model_type\":\"gpt2\",\"n_layer\":\"VALUE\"}")]
    public void Of_a_configuration_are_shown_on_one_line(string json) =>
        Short<InvalidDataException>(json, bytes => HuggingFaceConfig.Parse(bytes, "file"));

    [Theory]
    [InlineData("{\"VALUE\":1}\n")]
    [InlineData("{\"clean\":[\"VALUE\"]}\n")]
    [InlineData("{\"clean\":\"VALUE\",\"corrupted\":\"1\",\"answer\":\"1\",\"corrupted_answer\":\"2\"}\n")]
    [InlineData("{\"clean\":\"1\",\"corrupted\":\"1\",\"answer\":\"VALUE\",\"corrupted_answer\":\"2\"}\n")]
    public void Of_a_prompt_pair_are_shown_on_one_line(string json) =>
        Short<InvalidDataException>(json, bytes => PairsFile.Parse(bytes, "file", Vocabulary.ForNumbers(9)));

    [Theory]
    [InlineData("{\"format\":\"word-level\",\"version\":1,\"words\":[\"VALUE\"]}")]
    public void Of_a_vocabulary_are_shown_on_one_line(string json) =>
        Short<InvalidDataException>(json, bytes => VocabularyFile.Parse(bytes, "file"));

    [Theory]
    [InlineData("\"VALUE\":null")]
    [InlineData("\"VALUE\":{\"key\":\"x\",\"outputs\":{}}")]
    [InlineData("\"a\":{\"key\":\"VALUE\",\"outputs\":{}}")]
    public void Of_a_lock_are_shown_on_one_line(string item)
    {
        using TemporaryStore store = new();
        string path = Path.Combine(store.Folder, "file");

        Short<InvalidDataException>(
            $"{{\"format\":1,\"study\":\"s\",\"processor\":\"p\",\"engine\":\"e\",\"items\":{{{item}}}}}",
            bytes =>
            {
                File.WriteAllBytes(path, bytes);
                StudyLock.Read(path);
            }
        );
    }

    [Theory]
    [InlineData("\"name\": \"model.txt\"", "\"name\": \"/VALUE\"")]
    [InlineData("\"sha256\": \"", "\"sha256\": \"VALUE")]
    public void Of_a_record_are_shown_on_one_line(string before, string after)
    {
        using TemporaryStore store = new();
        store.Make(TemporaryStore.Key());
        string path = store.RecordPath(TemporaryStore.Key());
        File.WriteAllText(path, File.ReadAllText(path).Replace(before, after.Replace("VALUE", Value)));

        Assert.Matches(@"\A[^\r\n\u2028\0]{50,400}\z", store.Reason(TemporaryStore.Key()));
    }

    private static void Short<TException>(string json, Action<byte[]> read)
        where TException : Exception
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json.Replace("VALUE", Value));

        string message = Hostile.Refusal<TException>(bytes.Length, () => read(bytes));

        Assert.InRange(message.Length, 20, 600);
        Assert.DoesNotContain('\0', message);
    }
}
