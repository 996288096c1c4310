using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.Tasks;
using CircuitPipeline.Text.Tables;
using Xunit;

namespace CircuitPipeline.Tests.ToolFront;

/// <summary><c>pairs</c> writes token ids that read back as the same pairs.</summary>
public sealed class WrittenPairs : IDisposable
{
    private static readonly Vocabulary Words = Vocabulary.ForTasks(100, PromptTasks.All);
    private readonly CircuitFilesOfATest _files = new();

    public static TheoryData<string> Tasks => [.. PromptTasks.Names];

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
            "clean,corrupted,answer,corrupted_answer\ncalc 1 + 2 =,calc 1 - 2 =,3,4\ncalc 1 + 2,calc 1 - 2 =,3,4\ncalc 1 + 101 =,calc 2 + 2 =,3,4\n"
        );

        InProcess run = Pairs(_files["in.csv"]);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("1 pair of 3 rows", run.Output);
        Assert.Contains("Warning: 1 (line 3): the clean prompt has 4 tokens and the corrupted one 5", run.Error);
        Assert.Contains("Warning: 1 (line 4): 'calc 1 + 101 ='", run.Error);
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
    [MemberData(nameof(Tasks))]
    public void Of_a_task_are_as_many_as_asked_all_different_and_the_same_for_a_seed(string task)
    {
        const int count = 20;
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
    [InlineData("'--limit' cannot be used here, because nothing is drawn", "--limit", "10", "in.csv")]
    [InlineData("'--limit' cannot be used here, because the words of the", "--limit", "10", "--task", "add-sub")]
    [InlineData("'--fail' cannot be used here, because '--check-leaks' is not given", "--fail", "in.csv")]
    [InlineData("'--out' cannot be used here, because '--check-leaks' compares", "--check-leaks", "in.csv", "in.csv")]
    [InlineData("several files are given, but exactly one", "in.csv", "in.csv")]
    public void Come_from_a_file_or_a_task(string sentence, params string[] options)
    {
        File.WriteAllText(_files["in.csv"], "clean,corrupted,label\ncalc 1,calc 2,3\n");

        InProcess run = Pairs([.. options.Select(word => word == "in.csv" ? _files[word] : word)]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(sentence, run.Error);
        Assert.False(File.Exists(_files["out.jsonl"]));
    }

    [Fact]
    public void Say_how_many_draws_were_left_out_and_why()
    {
        InProcess run = Pairs("--task", "greater-than", "--count", "600", "--json");

        Assert.Equal(600, run.Json.GetProperty("pairs").GetInt32());
        Assert.True(run.Json.GetProperty("repeated").GetInt32() > 0);
        Assert.Equal(
            run.Json.GetProperty("draws").GetInt32(),
            run.Json.GetProperty("rows").GetInt32() + run.Json.GetProperty("repeated").GetInt32()
        );
        Assert.Matches(
            "(?s)\\A600 pairs of 600 different rows: '.*Of [0-9,]+ draws [0-9,]+ had a prompt that was drawn before, and 0 were left out\\.",
            Pairs("--task", "greater-than", "--count", "600").Output
        );
    }

    [Fact]
    public void Of_a_task_whose_words_the_model_does_not_have_are_none()
    {
        File.WriteAllBytes(_files["model/vocabulary.json"], VocabularyFile.Write(Vocabulary.ForNumbers(140)));

        InProcess run = Pairs("--task", "pronoun");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("words of the task 'pronoun'; the model was made without this task.", run.Error);
    }

    [Fact]
    public void Of_files_that_share_operands_are_told_with_their_rows_and_fail_where_asked()
    {
        File.WriteAllText(_files["train.csv"], "clean,corrupted,label\ncalc 1 + 2 =,calc 2 - 1 =,3\n");
        File.WriteAllText(_files["test.jsonl"], "{\"clean\":\"calc ( 2 + 1 ) * 4 =\"}\n{\"clean\":\"calc 7 * 4 =\"}\n");
        string[] files = [_files["train.csv"], _files["test.jsonl"]];

        InProcess told = InProcess.Run(["pairs", "--check-leaks", .. files]);
        InProcess failed = InProcess.Run(["pairs", "--check-leaks", "--fail", "--json", .. files]);
        InProcess alone = InProcess.Run("pairs", "--check-leaks", _files["train.csv"]);

        Assert.Equal((0, 1), (told.ExitCode, failed.ExitCode));
        Assert.Equal(
            $"{_files["test.jsonl"]}: 1 of 2 rows are known from {_files["train.csv"]}: 0 by their clean prompt, 1 by their operands ('+-' 1); the first is line 1, 'calc ( 2 + 1 ) * 4 ='.",
            told.Output.TrimEnd()
        );
        Assert.Equal(1, failed.Json.GetProperty("leaks")[0].GetProperty("same_operands").GetInt32());
        Assert.Equal(
            "+- 2 1",
            failed.Json.GetProperty("leaks")[0].GetProperty("first")[0].GetProperty("keys")[0].GetString()
        );
        Assert.Contains("'--check-leaks' has 1 file, but compares 2 to 100", alone.Error);
        InProcess twice = InProcess.Run(["pairs", "--check-leaks", files[0], files[0]]);
        Assert.Equal(2, twice.ExitCode);
        Assert.Contains(
            "train.csv: is named twice, and shares all rows with itself; name each file once.",
            twice.Error
        );
    }

    private InProcess Pairs(params string[] options) =>
        InProcess.Run(["pairs", .. options, "--model", _files.Model, "--out", _files["out.jsonl"]]);

    private static string Ids(string text) => string.Join(",", Words.Encode(text));
}
