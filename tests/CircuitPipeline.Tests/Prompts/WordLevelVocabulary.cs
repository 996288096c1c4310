using System.Text;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.Tasks;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Prompts;

public sealed class WordLevelVocabulary
{
    [Fact]
    public void A_numbers_id_is_the_number_and_the_words_follow_in_a_fixed_order()
    {
        Vocabulary vocabulary = Vocabulary.ForNumbers(255);

        Assert.Equal([42, 255], vocabulary.Encode("42 255"));
        Assert.Equal("calc seq max tens ones + - * / = ( ) <pad> <eos>", string.Join(' ', vocabulary.Words[256..]));
        Assert.Equal((270, 268, 269), (vocabulary.Count, vocabulary.PadId, vocabulary.EosId));
    }

    [Fact]
    public void The_words_of_tasks_follow_once_each_in_an_order_that_does_not_depend_on_the_tasks_order()
    {
        IPromptTask[] tasks = [new TwoStep(), new LinearFunction(), new Lcm()];

        Vocabulary vocabulary = Vocabulary.ForTasks(255, tasks);

        Assert.Equal(
            "calc seq max tens ones + - * / = ( ) fun lcm <pad> <eos>",
            string.Join(' ', vocabulary.Words[256..])
        );
        Assert.Equal(vocabulary.Words.AsEnumerable(), Vocabulary.ForTasks(255, tasks.Reverse()).Words);
        Assert.Equal(TinyStudy.Vocabulary.Words.AsEnumerable(), Vocabulary.ForTasks(255, [new AddSub()]).Words);
    }

    [Theory]
    [InlineData(
        "calc 300 + 5 =",
        "'calc 300 + 5 =': the word '300' at place 2 is not among the 270 words of the vocabulary; words stand with one blank between them."
    )]
    [InlineData(
        "calc 3  5",
        "'calc 3  5': the word '' at place 3 is not among the 270 words of the vocabulary; words stand with one blank between them."
    )]
    [InlineData(
        "",
        "'': the word '' at place 1 is not among the 270 words of the vocabulary; words stand with one blank between them."
    )]
    public void An_unknown_word_is_named_with_its_place(string text, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => TinyStudy.Vocabulary.Encode(text)).Message);

    [Theory]
    [InlineData(270)]
    [InlineData(-1)]
    public void An_id_without_a_word_is_named_with_its_place(int id)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => TinyStudy.Vocabulary.Decode([1, id]));

        Assert.Equal($"The token id '{id}' at place 2 is no word's; ids from 0 to 269 are allowed.", error.Message);
    }

    [Theory]
    [InlineData("a a <pad> <eos>", "The word 'a' has the ids '0' and '1', but a vocabulary holds a word once.")]
    [InlineData("a <pad>", "The word '<eos>' is missing, but every vocabulary holds it.")]
    [InlineData("a  <pad> <eos>", "The word '' of id '1' cannot be one; a word has 1 to 100 characters and no blank.")]
    public void Words_that_cannot_be_told_apart_are_refused(string words, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => new Vocabulary(words.Split(' '))).Message);

    [Fact]
    public void Its_file_gives_the_same_words_and_the_same_bytes()
    {
        byte[] bytes = VocabularyFile.Write(TinyStudy.Vocabulary);

        Vocabulary read = VocabularyFile.Parse(bytes, "vocabulary.json");

        Assert.Equal(TinyStudy.Vocabulary.Words.AsEnumerable(), read.Words);
        Assert.Equal(bytes, VocabularyFile.Write(read));
        Assert.Contains("\"calc\",\"seq\",\"max\",\"tens\",\"ones\",\"+\"", Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void A_foreign_vocabulary_is_refused()
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            VocabularyFile.Parse("""{"hello":0}"""u8.ToArray(), "vocab.json")
        );

        Assert.Equal(
            "vocab.json: this is not a vocabulary of format 'word-level', version 1, with exactly 'format', 'version' and a list 'words'.",
            error.Message
        );
    }

    [Fact]
    public void Five_hundred_damaged_files_are_read_or_refused_in_one_sentence() =>
        Hostile.Refuses<InvalidDataException>(
            VocabularyFile.Write(Vocabulary.ForNumbers(20)),
            seed: 11,
            bytes => VocabularyFile.Write(VocabularyFile.Parse(bytes, "file")),
            @"\Afile(\(\d+\))?: [^\r\n]+\.\z"
        );
}
