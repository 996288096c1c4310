using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Text.Tables;
using Xunit;

namespace CircuitPipeline.Tests.Prompts.Tables;

/// <summary>What the first row says of all: token ids or texts, where the answers stand, and what a file is not.</summary>
public sealed class ColumnsOfTheFirstRow : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly PieceTokenizer _pieces = new();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("clean,corrupted,label\n\"[9, 8, 50]\",\"[9,7, 50]\",59\n")]
    [InlineData("clean,corrupted,answer,corrupted_answer\n\"[9, 8, 50]\",\"[9,7, 50]\",59,60\n")]
    [InlineData("""{"clean": [9, 8, 50], "corrupted": [9, 7, 50], "label": 59}""")]
    [InlineData("""{"clean": [9, 8, 50], "corrupted": [9, 7, 50], "answer": 59, "corrupted_answer": 60}""")]
    public void Give_ids_where_prompts_are_lists_of_them_and_their_answers_are_ids_too(string text)
    {
        UsableRow row = Assert.Single(Read(text, tokenizer: null).Usable);

        Assert.Equal([9, 8, 50], row.Pair.Clean.ToArray());
        Assert.Equal([9, 7, 50], row.Pair.Corrupted.ToArray());
        Assert.Equal([59], row.Pair.Answers.ToArray());
        Assert.Null(row.Clean);
    }

    [Fact]
    public void Give_texts_where_only_one_prompt_is_a_list_and_where_prompts_are_texts_numbers_are_texts()
    {
        UsableRow row = Assert.Single(
            Read("clean,corrupted,label\n\"[1, 2]\",\"[1; 2]\",7\n", new PieceTokenizer()).Usable
        );

        Assert.Equal("[1, 2]", row.Clean);
        Assert.Equal(
            [_pieces[" 7"]],
            Read("""{"clean": "a", "corrupted": "b", "label": 7}""", _pieces).Usable[0].Pair.Answers.ToArray()
        );
    }

    [Fact]
    public void Refuse_a_text_below_lists_of_ids()
    {
        ImportedPairs pairs = Read("clean,corrupted,label\n\"[1, 2]\",\"[1, 3]\",7\na b,a c,8\n", _pieces);

        Assert.Equal(
            "'clean' is no list of token ids, but that of the first row is",
            Assert.Single(pairs.Unusable).Reason
        );
    }

    [Theory]
    [InlineData(
        """{"clean": [1], "corrupted": [2], "label": [3, 4]}""",
        """{"clean": [1], "corrupted": [2], "answers": [3], "corrupted_answers": [4]}""",
        "its answers stand in 'answers' and 'corrupted_answers', but those of the first row in 'label', and a file has one layout"
    )]
    [InlineData(
        """{"clean": [1], "corrupted": [2]}""",
        """{"clean": [1], "corrupted": [2], "label": [3, 4]}""",
        "its answers stand in 'label', but those of the first row in no column, and a file has one layout"
    )]
    [InlineData(
        """{"clean": [1], "corrupted": [2], "correct_idx": 50}""",
        """{"clean": [1], "corrupted": [2], "correct_idx": 50, "incorrect_idx": 51}""",
        "its answers stand in 'correct_idx' and 'incorrect_idx', but those of the first row in 'correct_idx', and a file has one layout"
    )]
    public void Refuse_later_rows_whose_answers_stand_elsewhere(string first, string later, string reason)
    {
        ImportedPairs pairs = Read($"{first}\n{later}\n", _pieces, NeededAnswers.None);

        Assert.Equal([1], pairs.Usable.Select(row => row.Line));
        Assert.Equal(new UnusableRow(2, reason), Assert.Single(pairs.Unusable));
    }

    [Fact]
    public void Take_a_list_of_two_in_a_label_of_CSV_as_the_right_and_the_wrong_answer()
    {
        ImportedPairs pairs = Read(
            "clean,corrupted,label\na,b,\"['x', 'y']\"\na,b,\"[3, 4]\"\na,b,\"['x', 'y', 'z']\"\n",
            _pieces,
            NeededAnswers.Both
        );

        Assert.Equal([_pieces[" x"], 3], pairs.Usable.Select(row => Assert.Single(row.Pair.Answers)));
        Assert.Equal([_pieces[" y"], 4], pairs.Usable.Select(row => Assert.Single(row.Pair.CorruptedAnswers)));
        Assert.Equal(
            new UnusableRow(4, "'label' is not a list of two answers, the right and the wrong one"),
            Assert.Single(pairs.Unusable)
        );
    }

    [Fact]
    public void Refuse_answer_sets_that_no_column_stands_for()
    {
        File.WriteAllText(_file, "\uFEFF" + """{"0": ["runs"], "1": ["run"]}"""); // with a byte order mark
        PairsOptions options = new() { AnswerSets = AnswerSetsFile.Read(_file) };
        File.WriteAllText(_file, "clean,corrupted,label\na,b,0\n");

        string message = Assert.Throws<InvalidDataException>(() => PairsReader.Read(_file, _pieces, options)).Message;

        Assert.EndsWith(
            "gives sets of answers, but no column here stands for sets; name it with '--answer-column', or leave '--answer-sets' out.",
            message
        );
    }

    [Theory]
    [InlineData("""[{"clean": "a", "corrupted": "b"}]""", "the file is one JSON list")]
    [InlineData("\uFEFF[\n  {\"clean\": \"a\", \"corrupted\": \"b\"}\n]", "the file is one JSON list")]
    [InlineData("{\n  \"clean\": \"a\"\n}", "(1): an object begins here that goes on in other lines")]
    [InlineData("clean;corrupted;label\na;b;x\n", "(1): the names are separated by ';'")]
    [InlineData("clean\tcorrupted\tlabel\na\tb\tx\n", "(1): the names are separated by tabs")]
    [InlineData(
        """{"clean": null, "corrupted": "b"}""",
        "(1): the first row has no value in 'clean', but it says which column holds the clean prompt"
    )]
    public void Say_what_a_file_of_another_form_is(string text, string reason)
    {
        string message = Assert.Throws<InvalidDataException>(() => Read(text, _pieces)).Message;

        Assert.Contains(reason, message);
        Assert.Matches(Testing.Hostile.Sentence, message);
    }

    private ImportedPairs Read(string text, PieceTokenizer? tokenizer, NeededAnswers needs = NeededAnswers.Right)
    {
        File.WriteAllText(_file, text);
        return PairsReader.Read(_file, tokenizer, new PairsOptions { Needs = needs });
    }
}
