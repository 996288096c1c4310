using System.Text;
using System.Text.Json.Nodes;
using CircuitPipeline.Testing;
using CircuitPipeline.Text.Tokenizers;
using Xunit;

namespace CircuitPipeline.Tests.Prompts.Tokenizers;

/// <summary>Tokenizers that may be whole, and would end the process, hang it, or be read wrongly.</summary>
public sealed class RulesThatAreNotRead : IDisposable
{
    private const string Doubling = """{"type":"Replace","pattern":{"String":"a"},"content":"aa"}""";
    private const string Tripling = """{"type":"Replace","pattern":{"Regex":"b"},"content":"bb"}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("rules-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("normalizer", """{"type":"Precompiled","precompiled_charsmap":"AAAA"}""", "'Precompiled'")]
    [InlineData("pre_tokenizer", """{"type":"FixedLength","length":0}""", "pieces of length 0")]
    [InlineData("post_processor", """{"type":"Other"}""", "of the type 'Other'")]
    public void Are_refused_for_what_they_are_and_not_as_damage(string part, string rule, string reason)
    {
        JsonObject file = MadeTokenizers.Gemma();
        file[part] = JsonNode.Parse(rule);

        string message = Refusal(file);

        Assert.Contains($"the tokenizer is not read, because", message);
        Assert.Contains(reason, message);
        Assert.DoesNotContain("anew", message);
    }

    [Fact]
    public void Damage_is_told_as_damage()
    {
        File.WriteAllText(Path.Combine(_folder, "tokenizer.json"), """{"model": {"type": "BPE", """);

        Assert.EndsWith("download the file anew.", Refused());
    }

    [Theory]
    [InlineData(Doubling, 26)]
    [InlineData(Doubling, 7)] // 2^7 = 128
    [InlineData(Tripling, 4)] // 3^4 = 81
    public void Texts_that_grow_many_times_over_are_refused_before_the_engine_sees_them(string rule, int count) =>
        Assert.Contains("more than 64 times longer", Refusal(WithNormalizers(rule, count)));

    [Fact]
    public void A_sequence_in_a_sequence_grows_as_one_does()
    {
        JsonObject file = WithNormalizers(Doubling, 5);
        JsonObject inner = file["normalizer"]!.DeepClone().AsObject();
        file["normalizer"]!["normalizers"]!.AsArray().Add(inner);

        Assert.Contains("more than 64 times longer", Refusal(file));
    }

    [Fact]
    public void A_text_that_grows_64_times_is_read()
    {
        using HuggingFaceTokenizer tokenizer = Of(WithNormalizers(Doubling, 6));

        Assert.Equal(64, tokenizer.EncodePrompt("a").Count(id => id == tokenizer.EncodePrompt("a")[^1]));
    }

    [Fact]
    public void More_than_a_thousand_rules_are_refused() =>
        Assert.Contains(
            "at most 1000 are read",
            Refusal(WithNormalizers("""{"type":"Replace","pattern":{"String":"a"},"content":"a"}""", 1001))
        );

    [Fact]
    public void Byte_order_marks_before_GPT_2s_files_are_passed_over()
    {
        UTF8Encoding marked = new(encoderShouldEmitUTF8Identifier: true);
        File.WriteAllText(Path.Combine(_folder, "vocab.json"), """{"h": 0, "e": 1, "he": 2}""", marked);
        File.WriteAllText(Path.Combine(_folder, "merges.txt"), "h e\n", marked);
        using HuggingFaceTokenizer tokenizer = Assert.IsType<HuggingFaceTokenizer>(TokenizerFolder.Find(_folder));

        Assert.Equal([2, 0], tokenizer.EncodePrompt("heh").ToArray());
    }

    private static JsonObject WithNormalizers(string rule, int count)
    {
        JsonObject file = MadeTokenizers.Gemma();
        file["normalizer"] = new JsonObject
        {
            ["type"] = "Sequence",
            ["normalizers"] = new JsonArray([.. Enumerable.Range(0, count).Select(_ => JsonNode.Parse(rule))]),
        };
        return file;
    }

    private string Refusal(JsonObject file)
    {
        Write(file);
        return Refused();
    }

    private string Refused()
    {
        string message = Assert.Throws<InvalidDataException>(() => TokenizerFolder.Find(_folder)).Message;
        Assert.Matches(Hostile.Sentence, message);
        return message;
    }

    private HuggingFaceTokenizer Of(JsonObject file)
    {
        Write(file);
        return Assert.IsType<HuggingFaceTokenizer>(TokenizerFolder.Find(_folder));
    }

    private void Write(JsonObject file) =>
        File.WriteAllText(Path.Combine(_folder, "tokenizer.json"), file.ToJsonString());
}
