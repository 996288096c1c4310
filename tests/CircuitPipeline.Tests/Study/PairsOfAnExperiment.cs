using System.Text.Json;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Study;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

/// <summary>Sets of pairs that an experiment reads from files: what is made of them, and when it is made again.</summary>
public sealed class PairsOfAnExperiment : IDisposable
{
    private const string Sums = """
        clean,corrupted,answer,corrupted_answer
        calc 30 + 1 =,calc 30 - 1 =,31,29
        calc 31 + 1 =,calc 31 - 1 =,32,30
        calc 32 + 1 =,calc 32 - 1 =,33,31
        calc 33 + 1 =,calc 33 - 1 =,34,32

        """;

    private readonly FakeStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Are_kept_as_token_ids_with_their_texts_in_the_place_of_the_drawn_ones()
    {
        Name("train: {file: sums.csv}");
        Write("sums.csv", Sums);

        string printed = Run();

        string[] rows = File.ReadAllLines(Artifact("target", "train.jsonl"));
        Assert.Equal(4, rows.Length);
        Assert.Equal(
            """{"clean":[101,30,106,1,110],"corrupted":[101,30,107,1,110],"answers":[31],"corrupted_answers":[29],"clean_text":"calc 30 + 1 =","corrupted_text":"calc 30 - 1 ="}""",
            rows[0]
        );
        Assert.Contains("pairs: 'train' is read from 'sums.csv': 4 of 4 rows, ceiling 100.0 %", printed);
        Assert.Equal(10, File.ReadAllLines(Artifact("target", "test.jsonl")).Length);
    }

    [Fact]
    public void Leave_the_other_sets_as_they_are_drawn()
    {
        Run();
        string[] names = ["validation", "circuit-1", "circuit-2", "test"];
        string[] drawn = [.. names.Select(name => File.ReadAllText(Artifact("target", name + ".jsonl")))];
        Name("train: {file: sums.csv}");
        Write("sums.csv", Sums);

        Run();

        Assert.Equal(drawn, names.Select(name => File.ReadAllText(Artifact("target", name + ".jsonl"))));
    }

    [Fact]
    public void Make_nothing_again_when_the_file_is_touched_or_elsewhere_under_another_name()
    {
        Name("train: {file: sums.csv}");
        Write("sums.csv", Sums);
        Run();
        File.SetLastWriteTimeUtc(Path("sums.csv"), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        string touched = Run();
        File.Move(Path("sums.csv"), Path("other.csv"));
        Name("train: {file: other.csv}");

        string moved = Run();

        Assert.DoesNotContain("will run", touched);
        Assert.DoesNotContain("will run", moved);
    }

    [Fact]
    public void Are_made_again_when_the_file_is_another()
    {
        Name("train: {file: sums.csv}");
        Write("sums.csv", Sums);
        Run();
        Write("sums.csv", Sums.Replace("31,29", "31,28"));

        Assert.Contains("GenerateData/target: will run, because pairs[0].file changed", Run());
    }

    [Fact]
    public void Are_made_again_when_they_are_read_otherwise()
    {
        Name("validation: {file: sums.csv}");
        Write("sums.csv", Sums);
        Run();
        Name("validation: {file: sums.csv, answer_form: exact}");

        Assert.Contains("pairs[0].options.answer_form changed \"spaced\" -> \"exact\"", Run());
    }

    [Fact]
    public void Are_refused_where_an_answer_would_be_cut_off_a_padded_row()
    {
        _study.Write(
            SmallYaml.With("n_ctx: 16", "n_ctx: 40") + "traps: {padding: trained}\npairs: {train: {file: sums.csv}}\n"
        );
        string ones = string.Join(" + ", Enumerable.Repeat("1", 16));
        Write("sums.csv", Sums + $"calc {ones} =,calc 2{ones[1..]} =,16,17\n");

        Assert.EndsWith(
            "'pairs.train.file' is 'sums.csv', whose row in line 6 has a prompt of 33 tokens, behind which its answer is cut off a row of 32, whose padding is trained on by 'traps.padding'; shorten it, or write 'masked' there.",
            Refusal()
        );
    }

    [Fact]
    public void Say_what_was_read_and_what_was_left_out_and_why()
    {
        Name("validation: {file: sums.csv, drop_invalid: true}");
        Write("sums.csv", Sums + "calc 1 + 1 =,calc 1 + 1,2,3\ncalc 2 + 2 =,calc 2 - 2 =,1000,3\n");

        string printed = Run();

        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(Artifact("imported-pairs", "imported.json")));
        JsonElement set = report.RootElement.GetProperty("sets")[0];
        Assert.Equal("validation", set.GetProperty("set").GetString());
        Assert.Equal((6, 4), (set.GetProperty("rows").GetInt32(), set.GetProperty("usable").GetInt32()));
        Assert.Equal(
            [6, 7],
            set.GetProperty("dropped")
                .EnumerateArray()
                .Select(dropped => dropped.GetProperty("lines")[0].GetInt32())
                .Order()
        );
        Assert.Equal("vocabulary.json", set.GetProperty("tokenizer").GetString());
        Assert.Contains("Warning: 'sums.csv', left out: 1 (line 6): the clean prompt has 5 tokens", printed);
        using JsonDocument origin = JsonDocument.Parse(File.ReadAllBytes(Artifact("target", "validation.origin.json")));
        Assert.Equal(2, origin.RootElement.GetProperty("dropped").GetInt32());
        Assert.Contains("4 of 6 rows", printed);
    }

    [Fact]
    public void Say_which_prompts_two_sets_share_drawn_ones_included()
    {
        Run();
        JsonElement drawn = JsonDocument
            .Parse(File.ReadLines(Artifact("target", "test.jsonl")).First())
            .RootElement.Clone();
        string of(string key) => drawn.GetProperty(key).GetString()!;
        Name("train: {file: sums.csv}\n  circuit: {file: two.csv}");
        Write("sums.csv", Sums);
        Write("two.csv", Sums + $"{of("clean")},{of("corrupted")},{of("answer")},{of("corrupted_answer")}\n");

        string printed = Run();

        Assert.Contains("Warning: 4 of the 5 clean prompts of 'circuit' are among those of 'train' too", printed);
        Assert.Contains(
            "Warning: 2 of the 10 rows of 'test' have the clean prompt or all operands of 'circuit' (1 the whole prompt)",
            printed
        );
        Assert.Contains(
            "Warning: 'train', 'circuit' of the target's pairs are read from files, but 'validation', 'circuit_again', 'test' are drawn",
            printed
        );
        Assert.Contains("\"rows\": 4", File.ReadAllText(Artifact("imported-pairs", "imported.json")));
    }

    [Fact]
    public void Share_nothing_where_no_prompt_is_in_two_sets()
    {
        Name("validation: {file: sums.csv}");
        Write("sums.csv", "clean,corrupted,label\nseq 1 2,seq 1 3,3\n");

        Assert.DoesNotContain("among those of", Run());
    }

    [Fact]
    public void Are_listed_by_a_session_that_runs_nothing()
    {
        Name("validation: {file: sums.csv}");
        Write("sums.csv", Sums);
        StringWriter output = new();

        PipelineSession session = Open(output);

        Assert.Contains("'validation' is read from 'sums.csv'", output.ToString());
        Assert.Equal((string[])[Path("small.yaml"), Path("sums.csv")], session.FilesRead.ToArray());
    }

    [Fact]
    public void Are_several_answers_but_in_training()
    {
        string sets = """{"clean":[1,2],"corrupted":[1,3],"answers":[8,3],"corrupted_answers":[4,7,5]}""" + "\n";
        Name("circuit: {file: sets.jsonl}");
        Write("sets.jsonl", sets);

        Run();
        Assert.Equal(sets, File.ReadAllText(Artifact("target", "circuit-1.jsonl")));

        Name("train: {file: sets.jsonl}");
        Assert.Equal(
            "experiments/small.yaml(69,17): error CP0010: 'pairs.train.file' is 'sets.jsonl', whose row in line 1 has 2 right answers, but training needs exactly one; give one answer a row here, sets are for the other keys.",
            Refusal()
        );
    }

    [Theory]
    [InlineData(
        "train: {file: smus.csv}",
        "(69,17): error CP0010: 'pairs.train.file' cannot be used: smus.csv: there is no such file. Did you mean 'sums.csv'?"
    )]
    [InlineData(
        "train: {file: sums.csv, bos: always}",
        "(69,32): error CP0010: 'pairs.train.bos' is 'always', but the study's own model has a word-level vocabulary without a BOS token; leave it out."
    )]
    [InlineData(
        "train: {file: sums.csv, clean_column: q}",
        "(69,17): error CP0010: 'pairs.train.file' cannot be used: sums.csv(2): there is no column 'q'; the columns are 'clean', 'corrupted', 'answer', 'corrupted_answer'."
    )]
    [InlineData(
        "circuit: {file: bad.csv}",
        "(69,19): error CP0010: 'pairs.circuit.file' is 'bad.csv', of whose 2 rows 1 make no pair: 1 (line 3): its right and wrong answers are the same; mend them, or write 'drop_invalid: true' to go on with the other 1."
    )]
    [InlineData(
        "validation: {file: long.csv}",
        "(69,22): error CP0010: 'pairs.validation.file' is 'long.csv', whose row in line 2 has a prompt of 17 tokens, but 'model.n_ctx' is 16; raise it, or leave the row out."
    )]
    [InlineData(
        "validation: {file: ids.jsonl}",
        "(69,22): error CP0010: 'pairs.validation.file' is 'ids.jsonl', whose row in line 1 has the token id 115, but the vocabulary of 'data' has 0 to 114; give pairs of this vocabulary, or texts."
    )]
    [InlineData(
        "train: {file: bad.csv}",
        "(69,17): error CP0010: 'pairs.train.file' is 'bad.csv' with 2 usable rows, fewer than one batch, 'fine_tune.batch' 4; give more rows, or make the batch smaller."
    )]
    [InlineData(
        "test: {file: sva.csv}",
        "(69,16): error CP0010: 'pairs.test.file' cannot be used: sva.csv(2): the column 'plural' only says which set of answers is right; give the sets with 'answer_sets FILE'."
    )]
    [InlineData(
        "test: {file: sva.csv, answer_sets: no.json}",
        "(69,38): error CP0010: 'pairs.test.answer_sets' cannot be used: no.json: there is no such file."
    )]
    [InlineData(
        "test: {file: sums.csv, corrupted_answer_column: x}",
        "(69,51): error CP0009: 'pairs.test.corrupted_answer_column' is given, but 'answer_column' is not; name both columns or neither."
    )]
    [InlineData(
        "tset: {file: sums.csv}",
        "(69,3): error CP0007: unknown key 'tset' in 'pairs'. Did you mean 'test'? Allowed: circuit, circuit_again, mul_div, test, train, two_step, validation."
    )]
    [InlineData(
        "test: {file: sums.csv, answer: first}",
        "(69,34): error CP0009: 'pairs.test.answer' is 'first', but must be one of one-token, first-token."
    )]
    [InlineData("test: {}", "(69,9): error CP0006: 'file' is missing in 'pairs.test'; it must be text.")]
    public void That_cannot_be_used_are_told_with_place_and_reason(string section, string problem)
    {
        Write("sums.csv", Sums);
        Write("bad.csv", "clean,corrupted,answer,corrupted_answer\n1 2,1 3,4,5\n1 2,1 4,6,6\n");
        Write("uneven.csv", "clean,corrupted,answer,corrupted_answer\n1 2,1 3,4,5\n1 2 3,1 4 3,6,7\n");
        Write("sva.csv", "clean,corrupted,plural\n1,2,0\n");
        Write("long.csv", $"clean,corrupted,label\n{Ones(17)},{Ones(17)},1\n");
        Write("ids.jsonl", """{"clean":[115],"corrupted":[2],"label":[3,4]}""");
        Name(section);

        Assert.Equal("experiments/small.yaml" + problem, Refusal());
    }

    [Fact]
    public void That_are_fewer_than_the_parts_of_robustness_are_told()
    {
        Write("sums.csv", Sums);
        _study.Write(
            SmallYaml.With("  compare_percent", "  robustness: {splits: 5}\n  compare_percent")
                + "pairs:\n  circuit: {file: sums.csv}\n"
        );

        Assert.EndsWith(
            "'pairs.circuit.file' is 'sums.csv' with 4 usable rows, fewer than the parts that circuits are found with, 'discover.robustness.splits' 5; give more rows, or ask for fewer parts.",
            Refusal()
        );
    }

    [Fact]
    public void That_leave_a_share_of_robustness_nothing_to_perturb_are_told()
    {
        Write("sums.csv", Sums);
        _study.Write(
            SmallYaml.With(
                "  compare_percent",
                "  robustness: {splits: 2, perturbed_percent: [50, 100]}\n  compare_percent"
            ) + "pairs:\n  circuit: {file: sums.csv}\n"
        );

        Assert.EndsWith(
            "'pairs.circuit.file' is 'sums.csv' with 4 usable rows, of whose parts 'discover.robustness.perturbed_percent' have 50, which is 1 of the 2 pair(s) of a part, but 2 at least exchange their corrupted prompts; write 100 or more, or a smaller 'splits'.",
            Refusal()
        );
    }

    [Fact]
    public void That_cannot_be_used_are_told_all_at_once()
    {
        Name("train: {file: a.csv}\n  test: {file: b.csv}");

        Assert.Equal(2, Refusal().Split('\n').Length);
    }

    [Fact]
    public void Stand_for_sets_by_a_file_of_their_own_whose_bytes_count_too()
    {
        Name("test: {file: sva.csv, answer_sets: sets.json}");
        Write("sva.csv", "clean,corrupted,plural\n1 2,1 3,0\n");
        Write("sets.json", """{"0": ["4", "5"], "1": ["6"]}""");
        Run();
        Write("sets.json", """{"0": ["4", "7"], "1": ["6"]}""");

        Assert.Contains("pairs[0].answer_sets changed", Run());
        Assert.Contains(
            "\"answers\":[4,7],\"corrupted_answers\":[6]",
            File.ReadAllText(Artifact("target", "test.jsonl"))
        );
    }

    private static string Ones(int count) => string.Join(' ', Enumerable.Repeat("1", count));

    private void Name(string section) => _study.Write(SmallYaml.Text + $"pairs:\n  {section}\n");

    private string Path(string name) => System.IO.Path.Combine(_study.Root, "experiments", name);

    private void Write(string name, string text) => File.WriteAllText(Path(name), text);

    private string Artifact(string item, string file) =>
        System.IO.Path.Combine(_study.Root, "artifacts", "small", "GenerateData", item, file);

    private string Refusal() => Assert.Throws<InvalidExperimentException>(() => Open(TextWriter.Null)).Message;

    private string Run()
    {
        StringWriter output = new();
        Open(output).RunStage("GenerateData");
        return output.ToString();
    }

    private PipelineSession Open(TextWriter output) =>
        StudySession.Open(_study.Options(output) with { Output = output });
}
