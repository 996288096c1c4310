using System.Text.Json;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Testing;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.ToolFront;

/// <summary>The published task files go into <c>attribute</c> as they are, with a small random model under Pythia's tokenizer.</summary>
public sealed class PublishedPairs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PublishedPairs()
    {
        if (!Directory.Exists(ReferenceFolder.Path))
        {
            return;
        }

        string model = Directory.CreateDirectory(_folder.File("model")).FullName;
        using Generator weights = new(1);
        using Transformer random = TransformerFactory.Create(
            TinyModel.Config() with
            {
                DVocab = 50_304,
                NCtx = 64,
            },
            weights
        );
        Checkpoint.Save(
            random,
            Path.Combine(model, Checkpoint.WeightsFile),
            Path.Combine(model, Checkpoint.ConfigFile)
        );
        foreach (string file in (string[])["tokenizer.json", "tokenizer_config.json"])
        {
            File.Copy(ReferenceFolder.File("pythia-tokenizer", file), Path.Combine(model, file));
        }

        File.WriteAllText(
            _folder.File("verbs.json"),
            """{"0": ["is", "has", "likes"], "1": ["are", "have", "like"]}"""
        );
    }

    public void Dispose() => _folder.Dispose();

    [ReferenceTheory]
    [InlineData("eap-ig-tasks/ioi.csv", "", 1_000, 0)]
    [InlineData("eap-ig-tasks/gender-bias.csv", "", 782, 0)]
    [InlineData("eap-ig-tasks/greater-than.csv", "--metric probability-difference", 1_000, 0)]
    [InlineData("eap-ig-tasks/hypernymy-comma.csv", "--metric probability-difference", 198, 0)]
    [InlineData("eap-ig-tasks/sva.csv", "--metric probability-difference --answer-sets verbs.json", 1_200, 0)]
    [InlineData("eap-ig-tasks/fact-retrieval-comma.csv", "--bos always", 189, 0)]
    [InlineData("finetune-circuits/Add_Sub_100_circuit.csv", "", 500, 0)]
    [InlineData(
        "finetune-circuits/steps_arithmetic_circuit.csv",
        "--metric kl-divergence --kl-reference corrupted",
        1_000,
        0
    )]
    [InlineData("finetune-circuits/steps_arithmetic_circuit.csv", "--drop-invalid", 719, 281)]
    public void Are_attributed_as_they_are(string file, string options, int examples, int dropped)
    {
        ToolRun run = ToolRun.In(
            _folder.Path,
            [
                .. "attribute --model model --method eap --batch 64 --out s.json --json --pairs".Split(' '),
                ReferenceFolder.File(file.Split('/')),
                .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            ]
        );

        Assert.True(run.ExitCode == 0, run.Error);
        JsonElement origin = run.Json.GetProperty("origin");
        Assert.Equal(examples, origin.GetProperty("examples").GetInt32());
        JsonElement pairs = origin.GetProperty("pairs");
        Assert.Equal((examples + dropped, dropped), (Whole("rows"), Whole("dropped")));
        Assert.Equal("tokenizer.json", pairs.GetProperty("tokenizer").GetString());
        Assert.Equal(
            options.Contains("--bos") ? [0] : Array.Empty<int>(),
            pairs.GetProperty("prefix").EnumerateArray().Select(id => id.GetInt32())
        );

        int Whole(string name) => pairs.GetProperty(name).GetInt32();
    }

    [ReferenceFact]
    public void Whose_answers_are_ids_without_texts_show_what_the_first_is_in_this_tokenizer()
    {
        ToolRun run = ToolRun.In(
            _folder.Path,
            [
                .. "attribute --model model --method eap --batch 64 --out s.json --pairs".Split(' '),
                ReferenceFolder.File("eap-ig-tasks", "ioi.csv"),
            ]
        );

        Assert.Contains("in this one the first right answer is ' Jeffrey'.", run.Error);
    }

    [ReferenceFact]
    public void With_unusable_rows_are_refused_with_every_reason()
    {
        ToolRun run = ToolRun.In(
            _folder.Path,
            [
                .. "attribute --model model --method exact --metric accuracy --out s.json --pairs".Split(' '),
                ReferenceFolder.File("finetune-circuits", "sequence_reasoning_data.csv"),
            ]
        );

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("617 of 5,000 rows make no pair:", run.Error);
        Assert.Contains("  352 (lines 5, 40, 86, 89, 90, …): the answer ' 810' has 2 tokens", run.Error);
        Assert.Contains(
            "  265 (lines 11, 33, 67, 69, 98, …): the clean prompt has 14 tokens and the corrupted one 15",
            run.Error
        );
        Assert.Contains("go on with the other 4,383 by '--drop-invalid'.", run.Error);
        Assert.False(File.Exists(_folder.File("s.json")));
    }
}
