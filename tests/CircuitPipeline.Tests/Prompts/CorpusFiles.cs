using System.Text;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Prompts;

public sealed class CorpusFiles
{
    private static readonly Vocabulary Words = TinyStudy.Vocabulary;

    [Fact]
    public void Lines_end_and_are_padded_on_the_right()
    {
        Corpus corpus = Corpus.OfText(["tens 47 = 4", "max 3"], Words);

        Assert.Equal((2, 5), (corpus.LineCount, corpus.Length));
        Assert.Equal("tens 47 = 4 <eos> max 3 <eos> <pad> <pad>", Words.Decode(corpus.Tokens.Span));
        Assert.Equal("max 3 <eos>", Words.Decode(corpus.Line(1)));
    }

    [Fact]
    public void The_file_is_a_heading_and_one_line_of_ids_per_line()
    {
        byte[] bytes = CorpusFile.Write(Corpus.OfText(["tens 47 = 4", "max 3"], Words));

        Assert.Equal(
            "corpus 1 lines 2 length 5 vocabulary 270\n259 47 265 4 269\n258 3 269\n",
            Encoding.ASCII.GetString(bytes)
        );
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        byte[] Bytes(long seed) =>
            CorpusFile.Write(CorpusGenerator.Generate(TinyStudy.Corpus, Words, new SeededRandom(seed)));

        Assert.Equal(Bytes(1), Bytes(1));
        Assert.NotEqual(Bytes(1), Bytes(2));
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        Corpus corpus = CorpusGenerator.Generate(TinyStudy.Corpus, Words, TinyStudy.Seed);

        Corpus read = CorpusFile.Parse(CorpusFile.Write(corpus), "corpus.txt", Words);

        Assert.Equal((corpus.LineCount, corpus.Length), (read.LineCount, read.Length));
        Assert.True(corpus.Tokens.Span.SequenceEqual(read.Tokens.Span));
    }

    [Theory]
    [InlineData(
        "corpus 1 lines 1 length 3 vocabulary 270\n3 4 269",
        "f(2): the line does not end; the file is cut off here."
    )]
    [InlineData(
        "corpus 1 lines 2 length 3 vocabulary 270\n3 4 269\n",
        "f(1): the heading is 'corpus 1 lines 2 length 3 vocabulary 270', but the lines below and the vocabulary say 'corpus 1 lines 1 length 3 vocabulary 270'."
    )]
    [InlineData(
        "corpus 1 lines 1 length 3 vocabulary 99\n3 4 269\n",
        "f(1): the heading is 'corpus 1 lines 1 length 3 vocabulary 99', but the lines below and the vocabulary say 'corpus 1 lines 1 length 3 vocabulary 270'."
    )]
    [InlineData("x\n3 270 269\n", "f(2): '270' at place 2 is not a token id; 0 to 269 is allowed.")]
    [InlineData("x\n3 +4 269\n", "f(2): '+4' at place 2 is not a token id; 0 to 269 is allowed.")]
    [InlineData("x\n3 04 269\n", "f(2): '04' at place 2 is not a token id; 0 to 269 is allowed.")]
    [InlineData("x\n3  269\n", "f(2): '' at place 2 is not a token id; 0 to 269 is allowed.")]
    [InlineData("x\n3 4\n", "f(2): the line holds padding or does not end with the id '269' of '<eos>'.")]
    [InlineData("x\n268 269\n", "f(2): the line holds padding or does not end with the id '269' of '<eos>'.")]
    [InlineData(
        "",
        "f(1): the heading is '', but the lines below and the vocabulary say 'corpus 1 lines 0 length 0 vocabulary 270'."
    )]
    public void A_mistake_is_one_sentence_with_its_line(string text, string message)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            CorpusFile.Parse(Encoding.UTF8.GetBytes(text), "f", Words)
        );

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Five_hundred_damaged_files_are_read_or_refused_in_one_sentence() =>
        Hostile.Refuses<InvalidDataException>(
            CorpusFile.Write(Corpus.OfText(TinyStudy.Lines().Take(40), Words)),
            seed: 12,
            bytes => CorpusFile.Write(CorpusFile.Parse(bytes, "file", Words)),
            @"\Afile(\(\d+\))?: [^\r\n]+\.\z"
        );

    [Fact]
    public void A_missing_file_is_named()
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            CorpusFile.Read("nowhere/corpus.txt", Words)
        );

        Assert.Equal("nowhere/corpus.txt: there is no such file.", error.Message);
    }
}
