using System.Text.Json.Nodes;

namespace CircuitPipeline.Tests.Prompts.Tokenizers;

/// <summary>Small tokenizers in the forms of families whose files are not at hand; ids are worked out in the tests.</summary>
internal static class MadeTokenizers
{
    private const string TikToken =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private static readonly string[] ByteLevelTokens =
    [
        .. "h e l o Ġ w r d 1 2 he ll hell hello Ġw 12 Ċ <|begin|> Ã ©".Split(' '),
    ];

    private static readonly string[] BlankTokens =
    [
        "<unk>",
        "<s>",
        "</s>",
        .. Enumerable.Range(0, 256).Select(value => $"<0x{value:X2}>"),
        .. "▁ a b 2 6 ▁a".Split(' '),
    ];

    /// <summary>Byte-level BPE, whole words before merges, numbers in threes, BOS by a template.</summary>
    internal static JsonObject Llama3() => ByteLevel(TikToken, ignoreMerges: true, pairs: false, begin: true);

    /// <summary>Byte-level BPE, NFC, merges as pairs, digit by digit, no BOS.</summary>
    internal static JsonObject Qwen()
    {
        JsonObject file = ByteLevel(
            TikToken.Replace("{1,3}", "", StringComparison.Ordinal),
            ignoreMerges: false,
            pairs: true,
            begin: false
        );
        file["normalizer"] = new JsonObject { ["type"] = "NFC" };
        return file;
    }

    /// <summary>Bytes for what is unknown, a blank before every text.</summary>
    internal static JsonObject Llama2() =>
        Blanks(
            """
            {"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"▁"},{"type":"Replace","pattern":{"String":" "},"content":"▁"}]}
            """,
            "null",
            """,{"type":"Strip","content":" ","start":1,"stop":0}"""
        );

    /// <summary>The same without a blank before a text, cut at blanks.</summary>
    internal static JsonObject Gemma() =>
        Blanks(
            """{"type":"Replace","pattern":{"String":" "},"content":"▁"}""",
            """{"type":"Split","pattern":{"String":" "},"behavior":"MergedWithPrevious","invert":false}""",
            ""
        );

    private static JsonObject ByteLevel(string pattern, bool ignoreMerges, bool pairs, bool begin)
    {
        const string Level = """{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":false}""";
        string[] merges = ["h e", "l l", "he ll", "hell o", "Ġ w"];
        JsonNode split = new JsonObject
        {
            ["type"] = "Split",
            ["pattern"] = new JsonObject { ["Regex"] = pattern },
            ["behavior"] = "Isolated",
            ["invert"] = false,
        };
        return new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray(Added(17, "<|begin|>")),
            ["normalizer"] = null,
            ["pre_tokenizer"] = new JsonObject
            {
                ["type"] = "Sequence",
                ["pretokenizers"] = new JsonArray(split, JsonNode.Parse(Level)),
            },
            ["post_processor"] = begin ? Template("<|begin|>", 17, JsonNode.Parse(Level)!) : JsonNode.Parse(Level),
            ["decoder"] = JsonNode.Parse(Level),
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["ignore_merges"] = ignoreMerges,
                ["vocab"] = Vocabulary(ByteLevelTokens),
                ["merges"] = new JsonArray([
                    .. merges.Select(merge =>
                        pairs ? new JsonArray([.. merge.Split(' ').Select(part => (JsonNode)part)]) : (JsonNode)merge
                    ),
                ]),
            },
        };
    }

    private static JsonObject Blanks(string normalizer, string preTokenizer, string strip) =>
        new()
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray(Added(0, "<unk>"), Added(1, "<s>"), Added(2, "</s>")),
            ["normalizer"] = JsonNode.Parse(normalizer),
            ["pre_tokenizer"] = JsonNode.Parse(preTokenizer),
            ["post_processor"] = Template("<s>", 1, null),
            ["decoder"] = JsonNode.Parse(
                $$$"""{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},{"type":"ByteFallback"},{"type":"Fuse"}{{{strip}}}]}"""
            ),
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["unk_token"] = "<unk>",
                ["fuse_unk"] = true,
                ["byte_fallback"] = true,
                ["vocab"] = Vocabulary(BlankTokens),
                ["merges"] = new JsonArray("▁ a"),
            },
        };

    private static JsonObject Vocabulary(string[] tokens) =>
        new(tokens.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)id)));

    private static JsonNode Added(int id, string content) =>
        JsonNode.Parse(
            $$"""{"id":{{id}},"content":"{{content}}","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}"""
        )!;

    private static JsonObject Template(string token, int id, JsonNode? before)
    {
        JsonObject template = JsonNode
            .Parse(
                $$$"""
                {"type":"TemplateProcessing",
                 "single":[{"SpecialToken":{"id":"{{{token}}}","type_id":0} },{"Sequence":{"id":"A","type_id":0}}],
                 "pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":1}}],
                 "special_tokens":{"{{{token}}}":{"id":"{{{token}}}","ids":[{{{id}}}],"tokens":["{{{token}}}"]} } }
                """
            )!
            .AsObject();
        return before is null
            ? template
            : new JsonObject { ["type"] = "Sequence", ["processors"] = new JsonArray(before, template) };
    }
}
