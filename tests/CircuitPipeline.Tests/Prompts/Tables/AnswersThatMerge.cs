using CircuitPipeline.Testing;
using CircuitPipeline.Text.Tables;
using CircuitPipeline.Text.Tokenizers;
using Xunit;

namespace CircuitPipeline.Tests.Prompts.Tables;

/// <summary>Answers that the tokenizer would not put behind the prompt as a token of their own.</summary>
public sealed class AnswersThatMerge : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("from 1,from 2,7", AnswerForm.Exact, 1)] // "17" is one piece
    [InlineData("from 1,from 2,7", AnswerForm.Spaced, 0)]
    [InlineData("from 17,from 18,7", AnswerForm.Exact, 0)] // two digits are full
    [InlineData("walk,talk,s", AnswerForm.Exact, 1)]
    [InlineData("a ,b ,x", AnswerForm.Spaced, 1)] // the blank belongs to the answer
    public void Are_counted_and_their_rows_stay(string row, AnswerForm form, int merged)
    {
        File.WriteAllText(_file, $"clean,corrupted,label\n{row}\n");

        ImportedPairs pairs = PairsReader.Read(_file, new PieceTokenizer(), new PairsOptions { Form = form });

        Assert.Equal((1, merged), (pairs.Usable.Length, pairs.MergedAnswers));
    }

    [Fact]
    public void Are_not_looked_for_where_the_answer_follows_another_token_or_the_row_has_ids()
    {
        File.WriteAllText(
            _file,
            """
            {"clean": "a b 1", "corrupted": "a c 1", "label": "7", "position": 1}
            {"clean": [1, 2], "corrupted": [1, 3], "label": [4, 5]}
            """
        );

        ImportedPairs pairs = PairsReader.Read(
            _file,
            new PieceTokenizer(),
            new PairsOptions { Form = AnswerForm.Exact }
        );

        Assert.Equal((2, 0), (pairs.Usable.Length, pairs.MergedAnswers));
    }

    [ReferenceTheory]
    [InlineData("finetune-circuits", "Add_Sub_100_circuit.csv", 0)]
    [InlineData("finetune-circuits", "sequence_reasoning_data.csv", 0)]
    [InlineData("eap-ig-tasks", "greater-than.csv", 30)]
    public void Of_the_field_are_as_many_with_Pythias_tokenizer(string folder, string file, int merged)
    {
        ITokenizer tokenizer = TokenizerFolder.Find(ReferenceFolder.File("pythia-tokenizer"))!;
        using IDisposable engine = (IDisposable)tokenizer;

        Assert.Equal(merged, PairsReader.Read(ReferenceFolder.File(folder, file), tokenizer).MergedAnswers);
    }
}
