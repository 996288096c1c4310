using System.Text;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Testing;
using CircuitPipeline.Text.Tables;
using Xunit;

namespace CircuitPipeline.Tests.Prompts;

public sealed class PairsFiles
{
    private const string Ids =
        """{"clean":[9,8,50],"corrupted":[9,42,50],"answers":[59],"corrupted_answers":[35]}""" + "\n";
    private const string Texts =
        """{"clean":"calc 6 + 2 =","corrupted":"calc 6 - 2 =","answer":"8","corrupted_answer":"4"}""" + "\n";
    private static readonly PromptPair Pair = new("calc 6 + 2 =", "calc 6 - 2 =", "8", "4");
    private static readonly Vocabulary Words = Vocabulary.ForNumbers(9);

    [Fact]
    public void Of_token_ids_need_no_vocabulary()
    {
        EncodedPairs pairs = Parse(Ids, null);

        Assert.Equal(1, pairs.Count);
        Assert.Equal([9, 8, 50], pairs[0].Clean.ToArray());
        Assert.Equal([9, 42, 50], pairs[0].Corrupted.ToArray());
        MustBeAnswers([59], [35], pairs[0]);
    }

    [Fact]
    public void That_are_Git_LFS_pointers_are_refused_as_such_like_vocabularies()
    {
        string folder = Directory.CreateTempSubdirectory("pairs-").FullName;
        try
        {
            string path = Path.Combine(folder, "f");
            File.WriteAllText(path, "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n");

            string sentence = Assert.Throws<InvalidDataException>(() => PairsFile.Read(path, null)).Message;

            Assert.StartsWith(
                $"{path}: this is a Git LFS pointer and not the file itself; run 'git lfs pull'",
                sentence
            );
            Assert.Equal(sentence, Assert.Throws<InvalidDataException>(() => VocabularyFile.Read(path)).Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Say_after_which_token_the_answer_belongs()
    {
        EncodedPairs pairs = Parse(Ids.Replace("}", ",\"position\":1}", StringComparison.Ordinal) + Ids, null);

        Assert.Equal((1, null), (pairs[0].Position, pairs[1].Position));
    }

    [Fact]
    public void Of_texts_are_encoded_by_the_model_folders_vocabulary() => MustBeThePair(Parse(Texts, Words));

    [Fact]
    public void Hold_sets_of_answers_in_their_order() =>
        MustBeAnswers(
            [8, 3],
            [4, 7, 5],
            Parse("""{"clean":[1,2],"corrupted":[1,3],"answers":[8,3],"corrupted_answers":[4,7,5]}""" + "\n", null)[0]
        );

    [Fact]
    public void Say_that_there_is_no_answer()
    {
        EncodedPairs pairs = Parse(
            """{"clean":[1,2],"corrupted":[1,3],"answers":[],"corrupted_answers":[]}""" + "\n",
            null
        );

        MustBeAnswers([], [], pairs[0]);
        Assert.False(pairs[0].HasAnswers);
        Assert.False(pairs.HaveAnswers);
    }

    [Fact]
    public void That_a_study_writes_of_imported_rows_are_read_again_with_all_that_they_hold()
    {
        EncodedPair full = new([1, 2], [1, 3], [8, 3], [4]) { Position = 0 };
        EncodedPair bare = new([5], [6], [], []);

        EncodedPairs pairs = PairsFile.Parse(
            PairsWriter.Write([
                new UsableRow(2, full, "clean \"text\"", "corrupted"),
                new UsableRow(3, bare, null, null),
            ]),
            "f",
            null
        );

        Assert.Equal(2, pairs.Count);
        Assert.Equal(full.Clean.AsEnumerable(), pairs[0].Clean);
        Assert.Equal(full.Corrupted.AsEnumerable(), pairs[0].Corrupted);
        Assert.Equal(0, pairs[0].Position);
        MustBeAnswers([8, 3], [4], pairs[0]);
        MustBeAnswers([], [], pairs[1]);
    }

    [Fact]
    public void Are_written_as_one_line_of_json_by_pair() =>
        Assert.Equal(
            """{"clean":"calc 6 + 2 =","corrupted":"calc 6 - 2 =","answer":"8","corrupted_answer":"4"}""" + "\n",
            Encoding.UTF8.GetString(PairsFile.Write([Pair]))
        );

    [Fact]
    public void That_are_written_are_read_again() =>
        MustBeThePair(PairsFile.Parse(PairsFile.Write([Pair]), "f", Words));

    [Fact]
    public void Of_texts_with_sets_of_answers_are_written_as_lists_and_read_again()
    {
        PromptPair[] pairs =
        [
            PromptPair.WithAnswers("max 6 +", "max 7 +", ["7", "8", "9"], ["8", "9"]),
            PromptPair.WithAnswers("max 8 +", "max 7 +", ["9"], []),
            Pair,
        ];
        byte[] file = PairsFile.Write(pairs);

        Assert.Equal(
            """{"clean":"max 6 +","corrupted":"max 7 +","answers":["7","8","9"],"corrupted_answers":["8","9"]}"""
                + "\n"
                + """{"clean":"max 8 +","corrupted":"max 7 +","answers":["9"],"corrupted_answers":[]}"""
                + $"\n{Texts}",
            Encoding.UTF8.GetString(file)
        );
        EncodedPairs read = PairsFile.Parse(file, "f", Words);
        MustBeAnswers([7, 8, 9], [8, 9], read[0]);
        MustBeAnswers([9], [], read[1]);
        MustBeAnswers([8], [4], read[2]);
    }

    [Theory]
    [InlineData("", "f: the file is empty, but at least one pair is expected.")]
    [InlineData(Ids + "\n" + Ids, "f(2): the line is not one JSON object with each key once and all of it UTF-8.")]
    [InlineData("\uFEFF" + Ids, "f(1): the line is not one JSON object with each key once and all of it UTF-8.")]
    [InlineData(Ids + "{\"clean\":[9", "f(2): the line does not end; the file is cut off here.")]
    [InlineData(Ids + "7\n", "f(2): the line is not one JSON object with each key once and all of it UTF-8.")]
    [InlineData("[7]\n", "f(1): the line is not one JSON object with each key once and all of it UTF-8.")]
    [InlineData(
        """{"clean":[1,2],"corrupted":[1,3],"answers":[1],"corrupted_answers":[2],"position":2}""" + "\n",
        "f(1): 'position' is '2', but a token's place from 0 to 1 is expected."
    )]
    [InlineData(
        Ids + """{"clean":[1,2,3],"corrupted":[1,2],"answers":[1],"corrupted_answers":[2]}""" + "\n",
        "f(2): the clean prompt has '3' tokens and the corrupted one '2', but they must have as many."
    )]
    [InlineData(
        Ids + Texts,
        "f(2): the row holds texts, but the rows above hold token ids; a file is all of one kind."
    )]
    [InlineData(
        Texts + Ids,
        "f(2): the row holds token ids, but the rows above hold texts; a file is all of one kind."
    )]
    [InlineData(
        """{"corrupted":[1],"answers":[1],"corrupted_answers":[2]}""" + "\n",
        "f(1): the key 'clean' is missing."
    )]
    [InlineData("""{"clean":[1],"corrupted":[1]}""" + "\n", "f(1): the key 'answers' is missing.")]
    [InlineData(
        """{"clean":[1],"corrupted":[1],"answers":[1]}""" + "\n",
        "f(1): the key 'corrupted_answers' is missing."
    )]
    [InlineData(
        """{"clean":"1","corrupted":"1","answer":"1"}""" + "\n",
        "f(1): the key 'corrupted_answer' is missing."
    )]
    [InlineData(
        """{"clean":[1],"corrupted":[1],"label":[1,2]}""" + "\n",
        "f(1): the key 'label' is unknown beside a 'clean' of token ids; 'clean', 'corrupted', 'answers', 'corrupted_answers', 'position', 'clean_text', 'corrupted_text' are allowed, and 'dotnet circuit pairs' writes pairs of other forms so."
    )]
    [InlineData(
        """{"clean":"1","corrupted":"1","label":["1","2"]}""" + "\n",
        "f(1): the key 'label' is unknown beside a 'clean' of texts; 'clean', 'corrupted', 'answer', 'corrupted_answer' are allowed, and 'dotnet circuit pairs' writes pairs of other forms so."
    )]
    [InlineData(
        """{"clean":"1","corrupted":"1","answers":["1"],"corrupted_answer":"2"}""" + "\n",
        "f(1): the key 'corrupted_answer' is unknown beside a 'clean' of texts; 'clean', 'corrupted', 'answers', 'corrupted_answers' are allowed, and 'dotnet circuit pairs' writes pairs of other forms so."
    )]
    [InlineData(
        """{"clean":"1","corrupted":"1","corrupted_answers":["2"]}""" + "\n",
        "f(1): the key 'answers' is missing."
    )]
    [InlineData(
        """{"clean":"1","corrupted":"1","answers":"1","corrupted_answers":["2"]}""" + "\n",
        "f(1): 'answers' is '1', but a list of texts is expected."
    )]
    [InlineData(
        """{"clean":"1","corrupted":"1","answers":["1",2],"corrupted_answers":["2"]}""" + "\n",
        "f(1): '2' at place 2 of 'answers' is no text."
    )]
    [InlineData(
        """{"clean":"1","corrupted":"1","answers":["1"],"corrupted_answers":["2","3","2"]}""" + "\n",
        "f(1): '2' at place 3 of 'corrupted_answers' is there twice, but a set holds an answer once; leave one out."
    )]
    [InlineData(
        """{"clean":[1],"corrupted":[1],"answers":[1,2,1],"corrupted_answers":[2]}""" + "\n",
        "f(1): '1' at place 3 of 'answers' is there twice, but a set holds a token once; leave one out."
    )]
    [InlineData(
        """{"clean":[1],"corrupted":[1],"answers":7,"corrupted_answers":[2]}""" + "\n",
        "f(1): 'answers' is '7', but a list of token ids is expected."
    )]
    [InlineData(
        """{"clean":[1],"corrupted":[1],"answers":[1],"corrupted_answers":["2"]}""" + "\n",
        "f(1): '2' at place 1 of 'corrupted_answers' is not a token id; 0 to 16777216 is allowed."
    )]
    [InlineData(
        """{"clean":7,"corrupted":[1],"answers":[1],"corrupted_answers":[2]}""" + "\n",
        "f(1): 'clean' is '7', but a text or a list of token ids is expected."
    )]
    [InlineData(
        """{"clean":[1],"corrupted":"1","answers":[1],"corrupted_answers":[2]}""" + "\n",
        "f(1): 'corrupted' is '1', but a list of token ids is expected."
    )]
    [InlineData(
        """{"clean":"1","corrupted":[1],"answer":"1","corrupted_answer":"2"}""" + "\n",
        "f(1): 'corrupted' is '[1]', but a text is expected."
    )]
    [InlineData(
        """{"clean":"1","corrupted":"1","answer":"","corrupted_answer":"2"}""" + "\n",
        "f(1): 'answer' is '', but a text is expected."
    )]
    [InlineData(
        """{"clean":[],"corrupted":[],"answers":[1],"corrupted_answers":[2]}""" + "\n",
        "f(1): 'clean' is '[]', but at least one token id is expected."
    )]
    [InlineData(
        """{"clean":[1,-2],"corrupted":[1,2],"answers":[1],"corrupted_answers":[2]}""" + "\n",
        "f(1): '-2' at place 2 of 'clean' is not a token id; 0 to 16777216 is allowed."
    )]
    [InlineData(
        """{"clean":[1],"corrupted":[16777217],"answers":[1],"corrupted_answers":[2]}""" + "\n",
        "f(1): '16777217' at place 1 of 'corrupted' is not a token id; 0 to 16777216 is allowed."
    )]
    [InlineData(
        """{"clean":"1","corrupted":"1","answer":"1 2","corrupted_answer":"2"}""" + "\n",
        "f(1): the answer '1 2' must be one token."
    )]
    [InlineData(
        """{"clean":"1","corrupted":"x","answer":"1","corrupted_answer":"2"}""" + "\n",
        "f(1): 'x': the word 'x' at place 1 is not among the 24 words of the vocabulary; words stand with one blank between them."
    )]
    public void With_a_mistake_are_refused_in_one_sentence_with_its_line(string text, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => Parse(text, Words)).Message);

    [Fact]
    public void Of_texts_are_refused_where_the_model_folder_has_no_vocabulary() =>
        Assert.Equal(
            "f(1): the row holds texts, but the model's folder has no 'vocabulary.json' that makes token ids of them; "
                + "write lists of token ids instead.",
            Assert.Throws<InvalidDataException>(() => Parse(Texts, null)).Message
        );

    [Fact]
    public void That_are_missing_are_named() =>
        Assert.Equal(
            "nowhere.jsonl: there is no such file.",
            Assert.Throws<InvalidDataException>(() => PairsFile.Read("nowhere.jsonl", null)).Message
        );

    [Fact]
    public void With_a_line_too_long_are_refused_before_it_is_parsed() =>
        Assert.Equal(
            $"f(1): the line has '{PairsFile.LongestLine + 1}' bytes, but at most {PairsFile.LongestLine} are read.",
            Assert
                .Throws<InvalidDataException>(() => Parse(new string('[', PairsFile.LongestLine + 1) + "\n", null))
                .Message
        );

    [Theory]
    [InlineData(Ids + Ids + Ids)]
    [InlineData(Texts + Texts)]
    public void Damaged_in_500_ways_are_read_or_refused_in_one_sentence_with_the_line(string text) =>
        Hostile.Refuses<InvalidDataException>(
            Encoding.UTF8.GetBytes(text),
            seed: 31,
            damaged => PairsFile.Parse(damaged, "file", Words),
            @"\Afile(\(\d+\))?: [^\r\n\u2028]+\.\z"
        );

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"clean\":", "}")]
    [InlineData("{\"clean\":[", "")]
    public void Nested_ten_thousand_deep_are_refused(string open, string close)
    {
        string text =
            string.Concat(Enumerable.Repeat(open, 10_000))
            + "1"
            + string.Concat(Enumerable.Repeat(close, 10_000))
            + "\n";

        string message = Hostile.Refusal<InvalidDataException>(text.Length, () => Parse(text, Words));

        Assert.StartsWith("f(1): the line is not one JSON object", message);
    }

    [Theory]
    [InlineData("""{"a\nb":1}""")]
    [InlineData("""{"clean":["a\nb"],"corrupted":[1],"answers":[1],"corrupted_answers":[2]}""")]
    [InlineData("""{"clean":"a\u2028b\r","corrupted":"1","answer":"1","corrupted_answer":"2"}""")]
    [InlineData("""{"clean":"\ud800","corrupted":"1","answer":"1","corrupted_answer":"2"}""")]
    public void With_values_that_would_break_a_line_are_refused_on_one(string text) =>
        Hostile.Refusal<InvalidDataException>(text.Length, () => Parse(text + "\n", Words));

    [Fact]
    public void Of_a_gigabyte_are_refused_unread()
    {
        using SparseFile file = new();

        string message = Hostile.Refusal<InvalidDataException>(0, () => PairsFile.Read(file.Path, null));

        Assert.EndsWith("the file has '1073741824' bytes, but at most 268435456 are read.", message);
    }

    private static void MustBeThePair(EncodedPairs pairs)
    {
        Assert.Equal(1, pairs.Count);
        Assert.Equal(Words.Encode(Pair.Clean), pairs[0].Clean.ToArray());
        Assert.Equal(Words.Encode(Pair.Corrupted), pairs[0].Corrupted.ToArray());
        MustBeAnswers([8], [4], pairs[0]);
    }

    private static void MustBeAnswers(int[] right, int[] wrong, EncodedPair pair)
    {
        Assert.Equal(right, pair.Answers.ToArray());
        Assert.Equal(wrong, pair.CorruptedAnswers.ToArray());
    }

    private static EncodedPairs Parse(string text, Vocabulary? vocabulary) =>
        PairsFile.Parse(Encoding.UTF8.GetBytes(text), "f", vocabulary);
}
