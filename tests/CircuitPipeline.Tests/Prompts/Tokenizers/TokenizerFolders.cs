using System.Text;
using System.Text.Json.Nodes;
using CircuitPipeline.Testing;
using CircuitPipeline.Text.Tokenizers;
using Xunit;

namespace CircuitPipeline.Tests.Prompts.Tokenizers;

public sealed class TokenizerFolders : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tokenizers-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Llama_3s_form_takes_whole_words_before_merges_and_its_template_puts_BOS_first()
    {
        using HuggingFaceTokenizer tokenizer = Of(MadeTokenizers.Llama3());

        Assert.Equal([17, 13, 14, 15], tokenizer.EncodePrompt("hello w12").ToArray());
        Assert.Equal([14], tokenizer.EncodeContinuation(" w").ToArray());
        Assert.Equal("hello w12", tokenizer.Decode([13, 14, 15]));
    }

    [Fact]
    public void Qwens_form_composes_letters_reads_merges_as_pairs_and_cuts_digits()
    {
        using HuggingFaceTokenizer tokenizer = Of(MadeTokenizers.Qwen());

        Assert.Equal([13, 8, 9, 18, 19], tokenizer.EncodePrompt("hello12e\u0301").ToArray());
    }

    [Fact]
    public void Llama_2s_form_has_a_blank_before_a_prompt_and_none_before_a_continuation()
    {
        using HuggingFaceTokenizer tokenizer = Of(MadeTokenizers.Llama2());

        Assert.Equal([1, 264, 259, 261], tokenizer.EncodePrompt("a b").ToArray());
        Assert.Equal([1, 259, 3 + 0xC3, 3 + 0xA9], tokenizer.EncodePrompt("é").ToArray());
        Assert.Equal([262, 263], tokenizer.EncodeContinuation("26").ToArray());
        Assert.Equal([264], tokenizer.EncodeContinuation(" a").ToArray());
        Assert.Equal("a b", tokenizer.Decode([264, 259, 261]));
    }

    [Fact]
    public void Gemmas_form_has_no_blank_before_a_prompt()
    {
        using HuggingFaceTokenizer tokenizer = Of(MadeTokenizers.Gemma());

        Assert.Equal([1, 260, 259, 261], tokenizer.EncodePrompt("a b").ToArray());
        Assert.Equal([264], tokenizer.EncodeContinuation(" a").ToArray());
    }

    [Fact]
    public void Nothing_stands_behind_a_prompt_though_the_template_ends_with_EOS()
    {
        JsonObject file = MadeTokenizers.Llama2();
        JsonObject template = file["post_processor"]!.AsObject();
        template["single"]!.AsArray().Add(JsonNode.Parse("""{"SpecialToken":{"id":"</s>","type_id":0}}"""));
        template["special_tokens"]!["</s>"] = JsonNode.Parse("""{"id":"</s>","ids":[2],"tokens":["</s>"]}""");
        using HuggingFaceTokenizer tokenizer = Of(file);

        Assert.Equal([1, 264], tokenizer.EncodePrompt("a").ToArray());
    }

    [Fact]
    public void Prompts_are_never_cut_or_filled()
    {
        JsonObject file = MadeTokenizers.Llama2();
        file["truncation"] = JsonNode.Parse(
            """{"direction":"Right","max_length":1,"strategy":"LongestFirst","stride":0}"""
        );
        file["padding"] = JsonNode.Parse(
            """{"strategy":{"Fixed":9},"direction":"Right","pad_to_multiple_of":null,"pad_id":0,"pad_type_id":0,"pad_token":"<unk>"}"""
        );
        using HuggingFaceTokenizer tokenizer = Of(file);

        Assert.Equal([1, 264, 259, 261], tokenizer.EncodePrompt("a b").ToArray());
    }

    [Fact]
    public void BOS_comes_never_or_once_as_the_policy_says()
    {
        using HuggingFaceTokenizer never = Of(MadeTokenizers.Llama3(), BosPolicy.Never);
        using HuggingFaceTokenizer always = Of(MadeTokenizers.Llama3(), BosPolicy.Always);

        Assert.Equal([13], never.EncodePrompt("hello").ToArray());
        Assert.Equal([17, 13], always.EncodePrompt("hello").ToArray());
        Assert.Contains(
            "names a 'bos_token'",
            Assert.Throws<InvalidDataException>(() => Of(MadeTokenizers.Qwen(), BosPolicy.Always)).Message
        );
        Write("tokenizer_config.json", """{"bos_token": {"content": "<|begin|>"}}""");
        using HuggingFaceTokenizer named = Of(MadeTokenizers.Qwen(), BosPolicy.Always);
        Assert.Equal([17, 13], named.EncodePrompt("hello").ToArray());
    }

    [Theory]
    [InlineData("model", "dropout", "0.1", "'dropout'")]
    [InlineData("model", "continuing_subword_prefix", "\"##\"", "'continuing_subword_prefix'")]
    [InlineData("decoder", "decoders", """[{"type":"Strip","content":" ","start":0,"stop":1}]""", "'stop' must be 0")]
    [InlineData("normalizer", "pattern", """{"Regex":"(x+x+)+y"}""", "repeats what is repeated")]
    [InlineData("normalizer", "pattern", """{"Regex":"["}""", "cannot be read")]
    [InlineData("model", "merges", """["q q"]""", "cannot be read")]
    public void What_the_engine_would_end_the_process_at_is_refused(string part, string key, string json, string reason)
    {
        JsonObject file = MadeTokenizers.Gemma();
        file[part]![key] = JsonNode.Parse(json);

        string message = Assert.Throws<InvalidDataException>(() => Of(file)).Message;

        Assert.Contains(reason, message);
        Assert.Matches(Hostile.Sentence, message);
    }

    [Fact]
    public void GPT_2s_two_files_are_one_tokenizer()
    {
        Write("vocab.json", """{"h": 0, "e": 1, "Ġ": 2, "he": 3, "Ġhe": 4, "<|endoftext|>": 5}""");
        Write("merges.txt", "#version: 0.2\nh e\nĠ he\n");
        using HuggingFaceTokenizer tokenizer = Assert.IsType<HuggingFaceTokenizer>(TokenizerFolder.Find(_folder));

        Assert.Equal([3, 4, 5, 1], tokenizer.EncodePrompt("he he<|endoftext|>e").ToArray());
        Assert.Equal("he he", tokenizer.Decode([3, 4]));
    }

    [Fact]
    public void SentencePieces_file_alone_is_refused_with_the_command_that_converts_it_and_an_empty_folder_has_none()
    {
        Assert.Null(TokenizerFolder.Find(_folder));
        Write("tokenizer.model", "x");

        Assert.Contains(
            "save_pretrained",
            Assert.Throws<InvalidDataException>(() => TokenizerFolder.Find(_folder)).Message
        );
    }

    [Fact]
    public void A_pointer_of_Git_LFS_is_named()
    {
        Write("tokenizer.json", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n");

        Assert.Contains(
            "Git LFS pointer",
            Assert.Throws<InvalidDataException>(() => TokenizerFolder.Find(_folder)).Message
        );
    }

    [Fact]
    public void Half_a_surrogate_pair_has_no_ids()
    {
        using HuggingFaceTokenizer tokenizer = Of(MadeTokenizers.Gemma());

        Assert.Throws<InvalidDataException>(() => tokenizer.EncodePrompt("a\ud800"));
    }

    [Fact]
    public void Half_a_surrogate_pair_in_a_decoder_is_refused_before_the_engine_sees_it()
    {
        const string half = """{"type":"Replace","pattern":{"String":"\ud83d"},"content":" "},""";
        string json = MadeTokenizers.Gemma().ToJsonString().Replace("\"decoders\":[", "\"decoders\":[" + half);
        Write("tokenizer.json", json);

        string message = Assert.Throws<InvalidDataException>(() => TokenizerFolder.Find(_folder)).Message;

        Assert.Contains(half, json);
        Assert.Contains("this is no tokenizer of the library 'tokenizers'", message);
        Assert.Matches(Hostile.Sentence, message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Damaged_files_are_read_or_refused_in_one_sentence(int form) => ReadDamaged(form, seed: 40 + form);

    [Fact]
    [Slow]
    public void Ten_thousand_damaged_files_are_read_or_refused_in_one_sentence()
    {
        for (int round = 0; round < 20; round++)
        {
            ReadDamaged(round % 4, seed: 1000 + round);
        }
    }

    private void ReadDamaged(int form, int seed)
    {
        JsonObject file = form switch
        {
            0 => MadeTokenizers.Llama3(),
            1 => MadeTokenizers.Qwen(),
            2 => MadeTokenizers.Llama2(),
            _ => MadeTokenizers.Gemma(),
        };
        Hostile.Refuses<InvalidDataException>(
            Encoding.UTF8.GetBytes(file.ToJsonString()),
            seed,
            copy =>
            {
                File.WriteAllBytes(Path.Combine(_folder, "tokenizer.json"), copy);
                using HuggingFaceTokenizer tokenizer = (HuggingFaceTokenizer)TokenizerFolder.Find(_folder)!;
                tokenizer.Decode(tokenizer.EncodePrompt("hello w12 a b é\n"));
            }
        );
    }

    private HuggingFaceTokenizer Of(JsonObject file, BosPolicy bos = BosPolicy.Auto)
    {
        Write("tokenizer.json", file.ToJsonString());
        return Assert.IsType<HuggingFaceTokenizer>(TokenizerFolder.Find(_folder, bos));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
