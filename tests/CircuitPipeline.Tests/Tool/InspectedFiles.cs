using System.Text;
using System.Text.Json;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.ToolFront;

/// <summary><c>inspect</c> says of every kind of file what it is.</summary>
public sealed class InspectedFiles : IDisposable
{
    private readonly CircuitFilesOfATest _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Are_told_apart_by_what_they_hold()
    {
        File.WriteAllText(_files["ids.jsonl"], """{"clean": [1, 2], "corrupted": [1, 3], "label": [4, 5]}""");
        File.WriteAllText(_files["texts.csv"], "clean,corrupted,label\na b,a c,d\n");
        string experiments = Path.Combine(RepositoryRoot.Path, "experiments");

        string[] kinds =
        [
            .. (
                (string[])
                    [
                        _files["scores.json"],
                        _files["before.json"],
                        _files["ids.jsonl"],
                        _files["texts.csv"],
                        Path.Combine(experiments, "tiny.yaml"),
                        Path.Combine(experiments, "tiny.lock.json"),
                    ]
            ).Select(path => InProcess.Run("inspect", path, "--json").Json.GetProperty("kind").GetString()!),
        ];

        Assert.Equal(["scores", "circuit", "prompt pairs", "prompt pairs", "experiment", "lock of a study"], kinds);
    }

    [Fact]
    public void Of_pairs_say_rows_columns_answers_and_which_rows_make_no_pair()
    {
        File.WriteAllText(
            _files["ids.jsonl"],
            """
            {"clean": [1, 2], "corrupted": [1, 3], "label": [4, 5]}
            {"clean": [1, 2, 3], "corrupted": [1, 3], "label": [4, 5]}

            """
        );

        JsonElement found = InProcess.Run("inspect", _files["ids.jsonl"], "--json").Json;

        JsonElement facts = found.GetProperty("facts");
        Assert.Equal((2, 1), (Whole("rows"), Whole("rows_that_make_a_pair")));
        Assert.Equal("4", facts.GetProperty("its_right_answers").GetString());
        Assert.Equal(
            "1 (line 2): the clean prompt has 3 tokens and the corrupted one 2",
            Assert.Single(found.GetProperty("refused").EnumerateArray()).GetString()
        );

        int Whole(string name) => facts.GetProperty(name).GetInt32();
    }

    [Theory]
    [InlineData("", "[1, 2, 3, 4, 5]", "has a prompt of '5' tokens, but the model reads at most 4; shorten it")]
    [InlineData("", "[1, 2, 3, 11]", "has the token id '11', but the model knows 0 to 10; give pairs")]
    [InlineData("[1, 2]", "[1, 2, 3, 4, 5]", "; of 3 rows 2 do not fit the model.")]
    public void Of_pairs_that_a_model_cannot_be_asked_say_what_does_not_fit(string first, string second, string part)
    {
        string config = File.ReadAllText(_files["model/config.json"]);
        File.WriteAllText(
            _files["model/config.json"],
            config.Replace("\"vocab_size\"", "\"max_position_embeddings\": 4, \"vocab_size\"")
        );
        string[] prompts = first.Length == 0 ? [second] : [first, second, second];
        File.WriteAllLines(
            _files["ids.jsonl"],
            prompts.Select(ids => $$"""{"clean": {{ids}}, "corrupted": {{ids}}, "label": [4, 5]}""")
        );

        JsonElement found = InProcess.Run("inspect", _files["ids.jsonl"], "--model", _files.Model, "--json").Json;

        Assert.Equal(4, found.GetProperty("facts").GetProperty("positions_of_the_model").GetInt32());
        string refused = Assert.Single(found.GetProperty("refused").EnumerateArray()).GetString()!;
        Assert.StartsWith($"{_files["ids.jsonl"]}({prompts.Length switch { 1 => 1, _ => 2 }}): the row ", refused);
        Assert.Contains(part, refused);
    }

    [Fact]
    public void Of_pairs_and_a_tokenizer_without_a_model_say_that_the_length_was_not_looked_at()
    {
        File.WriteAllText(_files["ids.jsonl"], """{"clean": [1, 2], "corrupted": [1, 3], "label": [4, 5]}""");
        Directory.CreateDirectory(_files["tokenizer"]);

        InProcess run = InProcess.Run("inspect", _files["ids.jsonl"], "--model", _files["tokenizer"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("whether the prompts fit was not looked at", run.Output);
    }

    [Fact]
    public void Of_pairs_count_those_of_which_no_difference_or_no_score_follows()
    {
        File.WriteAllText(
            _files["ids.jsonl"],
            """
            {"clean": [1, 2], "corrupted": [1, 3], "label": [4, 4]}
            {"clean": [1, 2], "corrupted": [1, 2], "label": [4, 5]}

            """
        );

        JsonElement facts = InProcess.Run("inspect", _files["ids.jsonl"], "--json").Json.GetProperty("facts");

        Assert.Equal(2, Whole("rows_that_make_a_pair"));
        Assert.Equal(1, Whole("of_them_with_right_and_wrong_answers_that_differ"));
        Assert.Equal(1, Whole("of_them_with_two_equal_prompts,_from_which_no_score_follows"));

        int Whole(string name) => facts.GetProperty(name).GetInt32();
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("pairs")]
    [InlineData("attribute")]
    public void That_are_pipes_or_devices_are_refused_unread(string command)
    {
        string[] line = command switch
        {
            "inspect" => [command, "/dev/zero"],
            "pairs" => [command, "/dev/zero", "--model", _files.Model, "--out", _files["o"]],
            _ => [command, "--pairs", "/dev/zero", "--model", _files.Model, "--method", "eap", "--out", _files["o"]],
        };

        InProcess run = InProcess.Run(line);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("this is a pipe or a device, but a file", run.Error);
    }

    [Fact]
    public void That_are_links_to_nothing_are_refused_in_one_sentence()
    {
        File.CreateSymbolicLink(_files["link.csv"], _files["nowhere.csv"]);

        InProcess run = InProcess.Run("inspect", _files["link.csv"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Matches(@"link\.csv'?: (the file cannot be read|there is no such file)", run.Error);
    }

    [Fact]
    public void Of_experiments_name_the_files_of_pairs_and_whether_they_are_there()
    {
        string tiny = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "experiments", "tiny.yaml"));
        File.WriteAllText(
            _files["own.yaml"],
            tiny + "\npairs:\n  test: {file: here.csv, answer_sets: nowhere.json}\n  circuit_again: {file: here.csv}\n"
        );
        File.WriteAllText(_files["here.csv"], "");

        JsonElement found = InProcess.Run("inspect", _files["own.yaml"], "--json").Json;

        JsonElement facts = found.GetProperty("facts");
        Assert.Equal("'here.csv', there", facts.GetProperty("pairs.circuit_again.file").GetString());
        Assert.Equal("'here.csv', there", facts.GetProperty("pairs.test.file").GetString());
        Assert.Equal("'nowhere.json', not there", facts.GetProperty("pairs.test.answer_sets").GetString());
        Assert.StartsWith(
            "'pairs.test.answer_sets' is 'nowhere.json', but there is no such file",
            Assert.Single(found.GetProperty("refused").EnumerateArray()).GetString()
        );
    }

    [Fact]
    public void Of_a_selection_that_chose_nothing_are_circuits_and_no_scores()
    {
        InProcess.Run(
            "select",
            "--scores",
            _files["scores.json"],
            "--selector",
            "threshold",
            "--threshold",
            "9",
            "--out",
            _files["none.json"]
        );

        JsonElement found = InProcess.Run("inspect", _files["none.json"], "--json").Json;

        Assert.Equal("circuit without an edge", found.GetProperty("kind").GetString());
    }

    [Fact]
    public void Of_texts_ask_for_a_tokenizer()
    {
        File.WriteAllText(_files["texts.csv"], "clean,corrupted,label\na b,a c,d\n");

        InProcess run = InProcess.Run("inspect", _files["texts.csv"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("columns: clean, corrupted, label", run.Output);
        Assert.Contains("texts need a tokenizer: name a model's folder with '--model'", run.Output);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("tokenizer.json")]
    public void That_are_one_part_of_a_model_point_to_its_folder(string name)
    {
        File.WriteAllText(_files[name], "{}");

        InProcess run = InProcess.Run("inspect", _files[name]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("this is one file of a model's folder, and says nothing alone; name the folder.", run.Error);
    }

    [Fact]
    public void With_a_model_whose_folder_is_not_there_say_so_and_tell_what_the_file_is()
    {
        File.WriteAllText(_files["texts.csv"], "clean,corrupted,label\na b,a c,d\n");

        JsonElement found = InProcess.Run("inspect", _files["texts.csv"], "--json", "--model", _files["absent"]).Json;

        Assert.Equal(1, found.GetProperty("facts").GetProperty("rows").GetInt32());
        Assert.Contains(
            "there is no such folder",
            Assert.Single(found.GetProperty("refused").EnumerateArray()).GetString()
        );
    }

    [Fact]
    public void Of_ids_beside_texts_warn_that_they_are_another_tokenizers_or_this_ones()
    {
        File.WriteAllBytes(_files["model/vocabulary.json"], VocabularyFile.Write(Vocabulary.ForNumbers(10)));
        File.WriteAllText(_files["ids.csv"], "clean,corrupted,correct_idx,incorrect_idx\ncalc 1 +,calc 2 +,3,4\n");

        InProcess run = InProcess.Run("inspect", _files["ids.csv"], "--model", _files.Model);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("are token ids, right only for the tokenizer that the file was made with", run.Error);
        Assert.Contains("share of answers that are one token: 100 %", run.Output);
    }

    [Fact]
    public void Of_a_training_that_was_stopped_say_that_a_run_goes_on_from_it()
    {
        string state = _files["state"];
        byte[] text = Encoding.UTF8.GetBytes(
            """{"losses":{"dtype":"F64","shape":[2],"data_offsets":[0,16]},"optimizer.steps":{"dtype":"F64","shape":[1],"data_offsets":[16,24]}}"""
        );
        File.WriteAllBytes(state, [.. BitConverter.GetBytes((ulong)text.Length), .. text, .. new byte[24]]);

        InProcess run = InProcess.Run("inspect", state);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith(
            $"{state}: training state\n  steps taken: 2\n  use: the run that wrote it goes on from it when it is started again; it is no model and no adapter\n",
            run.Output
        );
    }

    [Theory]
    [InlineData("nothing", "there is no such file or folder.")]
    [InlineData("empty", "the folder holds neither a model ('config.json' with safetensors) nor an adapter")]
    public void That_are_not_there_or_nothing_are_refused(string name, string sentence)
    {
        Directory.CreateDirectory(_files["empty"]);

        InProcess run = InProcess.Run("inspect", _files[name]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(sentence, run.Error);
    }

    [Fact]
    public void Of_a_model_say_what_would_be_refused_and_go_on()
    {
        // The folder has a configuration without weights or tokenizer.
        JsonElement found = InProcess.Run("inspect", _files.Model, "--json").Json;

        JsonElement facts = found.GetProperty("facts");
        Assert.Equal("model", found.GetProperty("kind").GetString());
        Assert.Equal("gpt_neox", facts.GetProperty("family").GetString());
        Assert.Equal(CircuitFilesOfATest.Graph.EdgeCount, facts.GetProperty("graph_edges").GetInt32());
        Assert.Equal("none, so pairs must be token ids", facts.GetProperty("tokenizer").GetString());
        Assert.Contains("model.safetensors", Assert.Single(found.GetProperty("refused").EnumerateArray()).GetString());
    }

    [Fact]
    public void Of_a_family_that_cannot_be_built_say_which_it_is()
    {
        File.WriteAllText(_files["model/config.json"], """{"model_type": "mamba"}""");

        JsonElement found = InProcess.Run("inspect", _files.Model, "--json").Json;

        Assert.Equal("mamba", found.GetProperty("facts").GetProperty("family").GetString());
        Assert.Contains(
            found.GetProperty("refused").EnumerateArray(),
            sentence => sentence.GetString()!.Contains("mamba", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("config.json", "[]")]
    [InlineData("config.json", "{\"model_type\":")]
    [InlineData("config.json", "")]
    [InlineData("config.json", "{\"model_type\": \"\\ud800\"}")]
    [InlineData("adapter_config.json", "[1]")]
    [InlineData("adapter_config.json", "{")]
    public void Of_damaged_json_in_a_folder_say_what_is_refused_and_do_not_crash(string name, string json)
    {
        File.WriteAllText(_files[$"model/{name}"], json);

        InProcess run = InProcess.Run("inspect", _files.Model);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Single(
            run.Output.Split('\n'),
            line =>
                line.StartsWith("  refused: ", StringComparison.Ordinal)
                && line.Contains($"model/{name}: ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Of_a_configuration_behind_a_byte_order_mark_say_its_family_in_one_line()
    {
        File.WriteAllText(_files["model/config.json"], "\uFEFF{\"model_type\": \"mam\\nba\"}");

        InProcess run = InProcess.Run("inspect", _files.Model);

        Assert.Contains("  family: mam ba\n", run.Output);
    }
}
