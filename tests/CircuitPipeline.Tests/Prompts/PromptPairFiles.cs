using System.Collections.Immutable;
using System.Text;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Prompts;

public sealed class PromptPairFiles
{
    private const string Row =
        """{"clean":"calc 60 + 5 =","corrupted":"calc 60 - 5 =","answer":"65","corrupted_answer":"55"}""";

    [Fact]
    public void One_pair_is_one_line_of_json()
    {
        byte[] bytes = PromptPairFile.Write([AddSubPrompts.Of(new OperandPair(60, 5))[0]]);

        Assert.Equal(Row + "\n", Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        ImmutableArray<PromptPair> pairs = TargetSplits.Draw(TinyStudy.Corpus, TinyStudy.Splits, TinyStudy.Seed).Test;

        byte[] bytes = PromptPairFile.Write(pairs);

        Assert.Equal(pairs.AsEnumerable(), PromptPairFile.Parse(bytes, "test.jsonl", TinyStudy.Vocabulary));
        Assert.Equal(bytes, PromptPairFile.Write(PromptPairFile.Parse(bytes, "test.jsonl", null)));
    }

    [Theory]
    [InlineData("", "f: the file is empty, but at least one pair is expected.")]
    [InlineData(Row, "f(1): the line does not end; the file is cut off here.")]
    [InlineData(
        Row + "\n\n",
        "f(2): the line is not one JSON object of the texts 'clean', 'corrupted', 'answer', 'corrupted_answer'."
    )]
    [InlineData(
        "7\n",
        "f(1): the line is not one JSON object of the texts 'clean', 'corrupted', 'answer', 'corrupted_answer'."
    )]
    [InlineData("""{"clean":"calc"}""" + "\n", "f(1): the key 'corrupted' is missing.")]
    [InlineData("""{"clean":7}""" + "\n", "f(1): 'clean' is '7', but a text is expected.")]
    [InlineData(
        """{"label":"7"}""" + "\n",
        "f(1): the key 'label' is unknown; 'clean', 'corrupted', 'answer', 'corrupted_answer' are allowed."
    )]
    [InlineData(
        """{"clean":"calc 1 =","corrupted":"calc =","answer":"1","corrupted_answer":"2"}""" + "\n",
        "f(1): the clean prompt has '3' tokens and the corrupted one '2', but they must have as many."
    )]
    [InlineData(
        """{"clean":"1","corrupted":"2","answer":"1 2","corrupted_answer":"2"}""" + "\n",
        "f(1): the answer '1 2' must be one token."
    )]
    [InlineData(
        """{"clean":"1","corrupted":"x","answer":"1","corrupted_answer":"2"}""" + "\n",
        "f(1): 'x': the word 'x' at place 1 is not among the 270 words of the vocabulary; words stand with one blank between them."
    )]
    public void A_mistake_is_one_sentence_with_its_line(string text, string message)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);

        InvalidPromptsException error = Assert.Throws<InvalidPromptsException>(() =>
            PromptPairFile.Parse(bytes, "f", TinyStudy.Vocabulary)
        );

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void A_line_too_long_is_refused_before_it_is_parsed()
    {
        byte[] bytes = [.. "{\"clean\":["u8, .. Enumerable.Repeat((byte)'[', 1 << 22), .. "\n"u8];

        string message = Hostile.Refusal<InvalidPromptsException>(
            bytes.Length,
            () => PromptPairFile.Parse(bytes, "f", null)
        );

        Assert.Equal("f(1): the line has '4194314' bytes, but at most 2097152 are read.", message);
    }

    [Fact]
    public void Five_hundred_damaged_files_are_read_or_refused_in_one_sentence()
    {
        IEnumerable<PromptPair> pairs = TargetSplits
            .Draw(TinyStudy.Corpus, TinyStudy.Splits, TinyStudy.Seed)
            .Test.Take(8);

        Hostile.Refuses<InvalidPromptsException>(
            PromptPairFile.Write(pairs),
            seed: 13,
            bytes => PromptPairFile.Write(PromptPairFile.Parse(bytes, "file", TinyStudy.Vocabulary)),
            @"\Afile(\(\d+\))?: [^\r\n]+\.\z"
        );
    }
}
