using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Text.Tables;
using Xunit;

namespace CircuitPipeline.Tests.ToolFront;

/// <summary><c>pairs</c> writes token ids that read back as the same pairs.</summary>
public sealed class WrittenPairs : IDisposable
{
    private static readonly Vocabulary Words = Vocabulary.ForNumbers(10);
    private readonly CircuitFilesOfATest _files = new();

    public WrittenPairs()
    {
        File.WriteAllBytes(_files["model/vocabulary.json"], VocabularyFile.Write(Words));
        File.WriteAllText(
            _files["model/config.json"],
            File.ReadAllText(_files["model/config.json"])
                .Replace("\"vocab_size\": 11", $"\"vocab_size\": {Words.Count}")
        );
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Of_texts_keep_texts_and_leave_out_the_rows_that_make_none()
    {
        File.WriteAllText(
            _files["in.csv"],
            "clean,corrupted,answer,corrupted_answer\ncalc 1 + 2 =,calc 1 - 2 =,3,4\ncalc 1 + 2,calc 1 - 2 =,3,4\ncalc 1 + 11 =,calc 2 + 2 =,3,4\n"
        );

        InProcess run = Pairs(_files["in.csv"]);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("1 pair of 3 rows", run.Output);
        Assert.Contains("Warning: 1 (line 3): the clean prompt has 4 tokens and the corrupted one 5", run.Error);
        Assert.Contains("Warning: 1 (line 4): 'calc 1 + 11 ='", run.Error);
        Assert.Equal(
            $$"""{"clean":[{{Ids("calc 1 + 2 =")}}],"corrupted":[{{Ids("calc 1 - 2 =")}}],"answers":[3],"corrupted_answers":[4],"clean_text":"calc 1 + 2 =","corrupted_text":"calc 1 - 2 ="}"""
                + "\n",
            File.ReadAllText(_files["out.jsonl"])
        );
    }

    [Fact]
    public void Of_a_model_whose_folder_is_not_there_are_none()
    {
        File.WriteAllText(_files["in.csv"], "clean,corrupted,label\ncalc 1,calc 2,3\n");

        InProcess run = InProcess.Run("pairs", _files["in.csv"], "--model", _files["absent"], "--out", _files["o"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("there is no such folder, but the tokenizer of a model is expected in it", run.Error);
    }

    [Fact]
    public void Say_the_ceiling_in_percent()
    {
        File.WriteAllText(_files["in.csv"], "clean,corrupted,label\ncalc 1,calc 2,3\n");

        Assert.Contains("The right answer is one token in 100 % of the rows", Pairs(_files["in.csv"]).Output);
    }

    [Theory]
    [InlineData("add-sub", 20)]
    [InlineData("mul-div", 10)]
    [InlineData("two-step", 10)]
    public void Of_a_task_are_as_many_as_asked_all_different_and_the_same_for_a_seed(string task, int count)
    {
        string[] options = ["--task", task, "--count", $"{count}", "--seed", "3"];
        InProcess first = Pairs(options);
        byte[] bytes = File.ReadAllBytes(_files["out.jsonl"]);
        Pairs(options);

        EncodedPairs pairs = PairsReader.Read(_files["out.jsonl"], tokenizer: null).Pairs(dropUnusable: false);
        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.Equal(bytes, File.ReadAllBytes(_files["out.jsonl"]));
        Assert.Equal(
            count,
            Enumerable.Range(0, pairs.Count).Select(row => string.Join(" ", pairs[row].Clean)).Distinct().Count()
        );
        Assert.All(
            Enumerable.Range(0, pairs.Count),
            row => Assert.NotEqual(pairs[row].Answers, pairs[row].CorruptedAnswers)
        );
    }

    [Theory]
    [InlineData("both of a file and '--task' are given", "--task", "add-sub", "in.csv")]
    [InlineData("neither of a file and '--task' are given")]
    [InlineData("'--seed' cannot be used here, because nothing is drawn", "--seed", "1", "in.csv")]
    public void Come_from_a_file_or_a_task(string sentence, params string[] options)
    {
        File.WriteAllText(_files["in.csv"], "clean,corrupted,label\ncalc 1,calc 2,3\n");

        InProcess run = Pairs([.. options.Select(word => word == "in.csv" ? _files[word] : word)]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(sentence, run.Error);
        Assert.False(File.Exists(_files["out.jsonl"]));
    }

    private InProcess Pairs(params string[] options) =>
        InProcess.Run(["pairs", .. options, "--model", _files.Model, "--out", _files["out.jsonl"]]);

    private static string Ids(string text) => string.Join(",", Words.Encode(text));
}
