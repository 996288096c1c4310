using System.Text;
using System.Text.Json.Nodes;
using CircuitPipeline.Testing;
using CircuitPipeline.Text.Tokenizers;
using Tokenizers.DotNet;
using Xunit;

namespace CircuitPipeline.Tests.Prompts.Tokenizers;

/// <summary>What stands before a prompt is what the engine itself puts there with the file as it is.</summary>
public sealed class EnginesOwnAdditions : IDisposable
{
    private const string Level =
        """{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":true}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("additions-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("null", "")]
    [InlineData(Level, "")]
    [InlineData(
        """{"type":"RobertaProcessing","sep":["</s>",2],"cls":["<s>",1],"trim_offsets":true,"add_prefix_space":true}""",
        "1"
    )]
    [InlineData("""{"type":"BertProcessing","sep":["</s>",2],"cls":["<s>",1]}""", "1")]
    [InlineData(
        """{"type":"Sequence","processors":["""
            + Level
            + """,{"type":"BertProcessing","sep":["</s>",2],"cls":["<s>",1]}]}""",
        "1"
    )]
    public void Come_as_the_prefix(string processor, string prefix)
    {
        JsonObject file = MadeTokenizers.Llama2();
        file["post_processor"] = JsonNode.Parse(processor);
        Write("tokenizer.json", file.ToJsonString());
        using Tokenizer engine = new(Path.Combine(_folder, "tokenizer.json"));

        using HuggingFaceTokenizer tokenizer = Found();

        int[] whole = [.. engine.Encode("a b 26").Select(id => (int)id)];
        int[] ours = [.. tokenizer.EncodePrompt("a b 26")];
        Assert.Equal(prefix, string.Join(' ', tokenizer.Prefix));
        Assert.Equal(whole.Take(ours.Length), ours);
        Assert.Equal(prefix.Length == 0 ? [] : [2], whole.Skip(ours.Length)); // what it puts behind is left out
    }

    [Fact]
    public void Of_Llama_3s_form_are_the_template_behind_another_processor()
    {
        Write("tokenizer.json", MadeTokenizers.Llama3().ToJsonString());
        using Tokenizer engine = new(Path.Combine(_folder, "tokenizer.json"));

        using HuggingFaceTokenizer tokenizer = Found();

        Assert.Equal(engine.Encode("hello w12").Select(id => (int)id), tokenizer.EncodePrompt("hello w12"));
    }

    [Fact]
    public void Of_OPTs_two_files_are_switched_on_by_their_configuration()
    {
        Write("vocab.json", """{"<s>": 0, "</s>": 1, "h": 2, "e": 3, "he": 4}""");
        Write("merges.txt", "#version: 0.2\r\nh e\r\n");
        Write("tokenizer_config.json", """{"add_bos_token": true, "bos_token": {"content": "</s>"}}""");

        using HuggingFaceTokenizer opts = Found();
        using HuggingFaceTokenizer never = Found(BosPolicy.Never);

        Assert.Equal([1, 4], opts.EncodePrompt("he").ToArray());
        Assert.Equal([4], opts.EncodeContinuation("he").ToArray());
        Assert.Equal([4], never.EncodePrompt("he").ToArray());
    }

    [Theory]
    [InlineData("""{"version": "1.0"}""", "there is no 'model' in it")]
    [InlineData("""{"model": {}, "model": {}}""", "the key 'model' is there twice")]
    [InlineData("""{"model": {}, "post_processor": {"type": "Other"}}""", "of the type 'Other', which is not read")]
    [InlineData("""{"model": {"type": "BPE", "vocab": {}, "merges": []}} x""", "tokenizer.json: this is no tokenizer")]
    [InlineData("[]", "it is no JSON object")]
    [InlineData("", "the file is empty")]
    public void Of_files_of_another_form_are_none(string json, string reason)
    {
        Write("tokenizer.json", json);

        string message = Assert.Throws<InvalidDataException>(() => Found()).Message;

        Assert.Contains(reason, message);
        Assert.Matches(Hostile.Sentence, message);
    }

    [Fact]
    public void Of_a_file_of_more_than_100_MB_are_never_looked_for()
    {
        using FileStream file = File.Create(Path.Combine(_folder, "tokenizer.json"));
        file.SetLength(TokenizerFolder.LargestBytes + 1);

        Assert.Contains("at most 104857600 are read", Hostile.Refusal<InvalidDataException>(0, () => Found()));
    }

    [Fact]
    public void Of_a_file_of_100_MB_take_bounded_memory()
    {
        StringBuilder text = new("""{"model": {"type": "BPE", "vocab": {"a": 0}, "merges": [""");
        text.Append(' ', 100 << 20).Length = (100 << 20) - 2;
        Write("tokenizer.json", text.Append("]}").ToString());

        Assert.Contains("this is no tokenizer", Hostile.Refusal<InvalidDataException>(100 << 20, () => Found()));
    }

    [Fact]
    public void Are_the_same_from_many_threads_at_once()
    {
        Write("tokenizer.json", MadeTokenizers.Llama2().ToJsonString());
        using HuggingFaceTokenizer tokenizer = Found();
        int[][] ids = new int[200][];

        Parallel.For(0, ids.Length, at => ids[at] = [.. tokenizer.EncodePrompt("a b 26 é")]);

        Assert.All(ids, found => Assert.Equal(ids[0], found));
    }

    [Theory]
    [InlineData("Llama2", " 26", "259 262 263")]
    [InlineData("Llama2", "26", "262 263")]
    [InlineData("Gemma", " 26", "259 262 263")]
    [InlineData("Gemma", "26", "262 263")]
    public void Stand_before_no_continuation(string form, string text, string ids)
    {
        Write("tokenizer.json", (form == "Gemma" ? MadeTokenizers.Gemma() : MadeTokenizers.Llama2()).ToJsonString());
        using HuggingFaceTokenizer tokenizer = Found();

        Assert.Equal(ids, string.Join(' ', tokenizer.EncodeContinuation(text)));
    }

    private HuggingFaceTokenizer Found(BosPolicy bos = BosPolicy.Auto) =>
        Assert.IsType<HuggingFaceTokenizer>(TokenizerFolder.Find(_folder, bos));

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
