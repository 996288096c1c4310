using System.Text;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Text.Tables;
using CircuitPipeline.Text.Tokenizers;
using Xunit;

namespace CircuitPipeline.Tests.Prompts.Tables;

/// <summary>The columns of the field's files, small and by hand.</summary>
public sealed class PairTables : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly PieceTokenizer _pieces = new();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void MIBs_IOI_takes_the_flip_of_the_names_and_both_names_as_answers()
    {
        ImportedPairs pairs = Read(
            """
            {"prompt": "Ann and Bob met. Bob gave it to", "metadata": {"subject": "Bob", "indirect_object": "Ann"}, "abc_counterfactual": {"prompt": "Cid and Dan met. Eva gave it to"}, "s2_io_flip_counterfactual": {"prompt": "Ann and Bob met. Ann gave it to"}}
            """
        );

        UsableRow row = Assert.Single(pairs.Usable);
        Assert.Equal("Ann and Bob met. Ann gave it to", row.Corrupted);
        Assert.Equal(" Ann| Bob", Answers(row));
    }

    [Fact]
    public void MIBs_multiple_choice_takes_the_label_at_the_key()
    {
        ImportedPairs pairs = Read(
            """
            {"prompt": "A red B blue", "choices": {"label": ["A", "B"]}, "answerKey": 1, "symbol_counterfactual": {"prompt": "C red D blue", "choices": {"label": ["C", "D"]}, "answerKey": 1}}
            {"prompt": "A red B blue", "choices": {"label": ["A", "B"]}, "answerKey": 2, "symbol_counterfactual": {"prompt": "C red D blue", "choices": {"label": ["C", "D"]}, "answerKey": 1}}
            {"prompt": "A red B blue", "choices": {"label": ["", "B"]}, "answerKey": 0, "symbol_counterfactual": {"prompt": "C red D blue", "choices": {"label": ["C", "D"]}, "answerKey": 1}}
            """
        );

        Assert.Equal(" B| D", Answers(Assert.Single(pairs.Usable)));
        Assert.Equal([2, 3], pairs.Unusable.Select(row => row.Line));
        Assert.Equal("'answerKey' is no place in 'choices.label'", pairs.Unusable[0].Reason);
    }

    [Theory]
    [InlineData(
        """{"prompt": "3 plus 4 is", "label": 7, "random_counterfactual": {"prompt": "5 plus 6 is", "label": 11}}"""
    )]
    [InlineData(
        """{"prompt": "3 plus 4 is", "label": "7", "random_counterfactual.prompt": "5 plus 6 is", "random_counterfactual.label": "11"}"""
    )]
    [InlineData("prompt,label,random_counterfactual.prompt,random_counterfactual.label\n3 plus 4 is,7,5 plus 6 is,11")]
    public void MIBs_arithmetic_takes_the_label_of_the_counterfactual_nested_or_flat(string text) =>
        Assert.Equal(" 7| 11", Answers(Assert.Single(Read(text).Usable)));

    [Fact]
    public void A_two_digit_year_parts_the_hundred_numbers()
    {
        UsableRow row = Assert.Single(Read("clean,corrupted,correct_idx\nfrom 17,from 18,97\n").Usable);

        Assert.Equal([_pieces["98"], _pieces["99"]], row.Pair.Answers.ToArray());
        Assert.Equal(98, row.Pair.CorruptedAnswers.Length);
        Assert.Contains(_pieces["00"], row.Pair.CorruptedAnswers);
        Assert.Contains(_pieces["97"], row.Pair.CorruptedAnswers);
    }

    [Fact]
    public void A_value_stands_for_its_set_and_texts_of_several_tokens_are_left_out_and_named()
    {
        PairsOptions options = WithSets("""{"0": ["runs", "has been"], "1": ["run"]}""");

        ImportedPairs pairs = Read("clean,corrupted,plural\na dog,a cat,0\na dog,a cat,2\n", options);

        Assert.Equal(" runs| run", Answers(Assert.Single(pairs.Usable)));
        Assert.Equal(" has been", Assert.Single(pairs.AnswersLeftOut));
        Assert.Equal("'plural' is '2', but the sets are for '0', '1'", Assert.Single(pairs.Unusable).Reason);
    }

    [Fact]
    public void Of_several_answers_of_a_row_those_of_several_tokens_are_left_out_and_named()
    {
        ImportedPairs pairs = Read(
            """
            {"clean": "a", "corrupted": "b", "answers": ["x", "has been", "y"], "corrupted_answers": ["had been", "z"]}
            {"clean": "a b", "corrupted": "b", "answers": ["x", "will be"], "corrupted_answers": ["z"]}
            """,
            new PairsOptions { Needs = NeededAnswers.Both }
        );

        Assert.Equal(" x y| z", Answers(Assert.Single(pairs.Usable)));
        Assert.Equal([" had been", " has been"], pairs.AnswersLeftOut.ToArray()); // those of the other row were left out with it
        Assert.Equal(1, pairs.Ceiling);
        Assert.False(pairs.AreAsTheyWere);
    }

    [Fact]
    public void A_row_none_of_whose_answers_is_one_token_is_unusable_where_the_side_is_needed()
    {
        const string Rows =
            """{"clean": "a", "corrupted": "b", "answers": ["x"], "corrupted_answers": ["had been", "p q r"]}""";

        ImportedPairs both = Read(Rows, new PairsOptions { Needs = NeededAnswers.Both });

        Assert.Equal(
            "none of its 2 answers is one token: the answer ' had been' has 2 tokens",
            Assert.Single(both.Unusable).Reason
        );
        Assert.Empty(both.AnswersLeftOut);
        Assert.Equal(" x|", Answers(Assert.Single(Read(Rows).Usable)));
        Assert.Equal(
            " x| had p",
            Answers(Assert.Single(Read(Rows, new PairsOptions { FirstTokenAnswers = true }).Usable))
        );
    }

    [Fact]
    public void Answers_that_are_no_words_of_the_vocabulary_are_left_out_of_several_too()
    {
        File.WriteAllText(
            _file,
            """
            {"clean": "calc 1", "corrupted": "calc 2", "answers": ["3", "fish"], "corrupted_answers": ["4"]}
            {"clean": "calc 1", "corrupted": "calc 2", "answers": ["fish"], "corrupted_answers": ["4"]}
            """
        );

        ImportedPairs pairs = PairsReader.Read(_file, new WordLevelTokenizer(Vocabulary.ForNumbers(9)));

        Assert.Equal([3], Assert.Single(pairs.Usable).Pair.Answers.ToArray());
        Assert.Equal(["fish"], pairs.AnswersLeftOut.Select(text => text.Trim()));
        Assert.Contains("'fish' at place 1 is not among", Assert.Single(pairs.Unusable).Reason);
    }

    [Fact]
    public void A_value_without_its_sets_is_an_error_that_names_the_option() =>
        Assert.Equal(
            $"{_file}(2): the column 'plural' only says which set of answers is right; give the sets with '--answer-sets FILE'.",
            Refused("clean,corrupted,plural\na dog,a cat,0\n")
        );

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"0": ["a"]}""")]
    [InlineData("""{"0": ["a"], "1": []}""")]
    [InlineData("""{"0": ["a"], "1": [1]}""")]
    [InlineData("""{"0": ["a"], "0": ["b"]}""")]
    [InlineData("{")]
    public void A_file_of_sets_of_another_form_is_an_error(string json) =>
        Assert.Contains("two or more lists", Assert.Throws<InvalidDataException>(() => WithSets(json)).Message);

    [Fact]
    public void Columns_are_those_that_are_named()
    {
        PairsOptions options = new()
        {
            CleanColumn = "a",
            CorruptedColumn = "b",
            AnswerColumn = "x",
            CorruptedAnswerColumn = "y",
        };

        ImportedPairs pairs = Read("a,b,x,y,clean\none is,two is,red,blue,no\n", options);

        Assert.Equal("one is", pairs.Usable[0].Clean);
        Assert.Equal(" red| blue", Answers(pairs.Usable[0]));
        Assert.Contains(
            "there is no column 'z'; the columns are 'a', 'b', 'x', 'y', 'clean'",
            Refused("a,b,x,y,clean\n1,2,3,4,5\n", options with { AnswerColumn = "z" })
        );
    }

    [Fact]
    public void Without_a_column_of_clean_prompts_the_columns_that_are_there_are_named() =>
        Assert.Contains(
            "no column holds the clean prompt ('clean', 'prompt'); the columns are 'a', 'b'",
            Refused("a,b\n1,2\n")
        );

    [Fact]
    public void Lists_as_Python_prints_them_are_sets()
    {
        ImportedPairs pairs = Read(
            """
            clean,corrupted,answers,corrupted_answers
            one,two,"['gem', ""it"", 'gem']","[""red""]"
            one,two,"['gem","['red']"
            """
        );

        Assert.Equal(" gem it| red", Answers(pairs.Usable[0]));
        Assert.Equal(3, Assert.Single(pairs.Unusable).Line); // no list, so a text of many tokens
    }

    [Fact]
    public void CSV_has_quoted_line_ends_byte_order_mark_blank_lines_CRLF_and_pandas_column_without_a_name()
    {
        ImportedPairs pairs = Read(
            "\uFEFF,clean,corrupted,label\r\n\r\n0,\"one,\r\ntwo \"\"x\"\"\",\"one,\r\ntwo \"\"y\"\"\",red\r\n\r\n1,a,b,blue\r\n"
        );

        Assert.Equal("one,\r\ntwo \"x\"", pairs.Usable[0].Clean);
        Assert.Equal([3, 7], pairs.Usable.Select(row => row.Line));
    }

    [Fact]
    public void JSONL_has_byte_order_marks_blank_lines_and_CRLF()
    {
        ImportedPairs pairs = Read(
            "\uFEFF{\"clean\": [1, 2], \"corrupted\": [1, 3], \"label\": [4, 5]}\r\n\r\n\uFEFF{\"clean\": [1], \"corrupted\": [2], \"label\": [4, 5]}"
        );

        Assert.Equal([1, 3], pairs.Usable.Select(row => row.Line));
        Assert.Equal([4], pairs.Usable[0].Pair.Answers.ToArray());
        Assert.Equal([5], pairs.Usable[0].Pair.CorruptedAnswers.ToArray());
        Assert.Null(pairs.Usable[0].Clean);
    }

    [Fact]
    public void What_makes_a_row_unusable_depends_on_the_answers_that_are_needed()
    {
        const string Rows =
            "clean,corrupted,answer,corrupted_answer\na b,a,x,y\na,b,x,x\na,b,x y,z\na,b,x,y z\na,b,,y\n,b,x,y\na,b,x,y\n";

        ImportedPairs both = Read(Rows, new PairsOptions { Needs = NeededAnswers.Both });

        Assert.Equal([8], both.Usable.Select(row => row.Line));
        Assert.Equal(
            [
                "the clean prompt has 2 tokens and the corrupted one 1",
                "its right and wrong answers are the same",
                "the answer ' x y' has 2 tokens",
                "the answer ' y z' has 2 tokens",
                "'answer' is empty",
                "'clean' is empty",
            ],
            both.Unusable.Select(row => row.Reason)
        );
        Assert.Equal([3, 5, 8], Lines(Rows, new PairsOptions { Needs = NeededAnswers.Right }));
        Assert.Equal([3, 4, 5, 8], Lines(Rows, new PairsOptions { Needs = NeededAnswers.None }));
        Assert.Equal([4, 5, 8], Lines(Rows, new PairsOptions { Needs = NeededAnswers.Both, FirstTokenAnswers = true }));
    }

    [Fact]
    public void Unusable_rows_are_an_error_with_their_reasons_or_are_left_out_on_request()
    {
        ImportedPairs pairs = Read("clean,corrupted,label\na b,a,x\na,b,y\na b c,a,x\n");

        Assert.Equal(
            $"{_file}: 2 of 3 rows make no pair:\n  2 (lines 2, 4): the clean prompt has 2 tokens and the corrupted one 1\nMend them, or go on with the other 1 by '--drop-invalid'.",
            Assert.Throws<InvalidDataException>(() => pairs.Pairs(dropUnusable: false)).Message
        );
        Assert.Equal(1, pairs.Pairs(dropUnusable: true).Count);
    }

    [Fact]
    public void The_ceiling_is_the_share_of_answers_that_are_one_token_and_none_where_none_is_asked_for()
    {
        Assert.Equal(0.75, Read("clean,corrupted,label\na,b,1\na,b,22\na,b,333\na,b c,4\n").Ceiling);
        Assert.Null(Read("clean,corrupted\na,b\n", new PairsOptions { Needs = NeededAnswers.None }).Ceiling);
    }

    [Fact]
    public void A_blank_stands_before_an_answer_unless_the_prompt_ends_with_one_or_it_is_to_be_exact()
    {
        const string Rows = "clean,corrupted,label\na,b,x\na ,b ,x\n";

        Assert.Equal([_pieces[" x"], _pieces["x"]], Read(Rows).Usable.Select(row => row.Pair.Answers[0]));
        Assert.Equal(
            [_pieces["x"], _pieces["x"]],
            Read(Rows, new PairsOptions { Form = AnswerForm.Exact }).Usable.Select(row => row.Pair.Answers[0])
        );
    }

    [Fact]
    public void The_prefix_of_the_tokenizer_stands_before_both_prompts_and_before_no_answer()
    {
        PieceTokenizer begins = new() { Prefix = [7] };
        File.WriteAllText(_file, "clean,corrupted,label\na,b,x\n");

        UsableRow row = Assert.Single(PairsReader.Read(_file, begins).Usable);

        Assert.Equal([7, begins["a"]], row.Pair.Clean.ToArray());
        Assert.Equal([7, begins["b"]], row.Pair.Corrupted.ToArray());
        Assert.Equal([begins[" x"]], row.Pair.Answers.ToArray());
    }

    [Fact]
    public void Texts_without_a_tokenizer_are_an_error_that_names_the_files_it_could_be()
    {
        File.WriteAllText(_file, "clean,corrupted\na,b\n");

        Assert.Contains(
            "no 'tokenizer.json'",
            Assert.Throws<InvalidDataException>(() => PairsReader.Read(_file, null)).Message
        );
    }

    // The right ones, a stroke, the wrong ones.
    private string Answers(UsableRow row) =>
        $"{_pieces.Decode(row.Pair.Answers)}|{_pieces.Decode(row.Pair.CorruptedAnswers)}";

    private IEnumerable<int> Lines(string text, PairsOptions options) =>
        Read(text, options).Usable.Select(row => row.Line);

    private string Refused(string text, PairsOptions? options = null) =>
        Assert.Throws<InvalidDataException>(() => Read(text, options)).Message;

    private ImportedPairs Read(string text, PairsOptions? options = null)
    {
        File.WriteAllText(_file, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return PairsReader.Read(_file, _pieces, options);
    }

    private PairsOptions WithSets(string json)
    {
        File.WriteAllText(_file, json);
        return new PairsOptions { AnswerSets = AnswerSetsFile.Read(_file) };
    }
}
