using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Training;

public sealed class ExactMatches
{
    private static readonly Vocabulary Words = new([.. "abcdefghi".Select(letter => $"{letter}"), "<pad>", "<eos>"]);

    [Fact]
    public void Count_the_prompts_whose_likeliest_next_token_is_the_answer()
    {
        using Transformer model = TinyModel.Create();
        string[] prompts = ["a b", "b c d", "c", "d d", "e f g"];
        PromptPair[] right = [.. prompts.Select(prompt => Pair(prompt, Guess(model, prompt)))];
        PromptPair[] twoWrong =
        [
            .. right.Select((pair, i) => i < 2 ? pair with { Answer = Other(pair.Answer) } : pair),
        ];

        Assert.Equal(new ExactMatch(5, 5), ExactMatch.Of(model, EncodedPairs.Of(right, Words)));
        Assert.Equal(new ExactMatch(3, 5), ExactMatch.Of(model, EncodedPairs.Of(twoWrong, Words)));
        Assert.Equal(0.6, ExactMatch.Of(model, EncodedPairs.Of(twoWrong, Words)).Accuracy);
    }

    [Fact]
    public void Count_every_answer_of_a_set_and_none_where_there_is_none()
    {
        using Transformer model = TinyModel.Create();
        int guess = Words.Encode(Guess(model, "a b"))[0];
        EncodedPair pair = new([0, 1], [0, 2], [(guess + 1) % 9, guess], []);

        bool[] right = ExactMatch.Each(
            model,
            EncodedPairs.Of([pair, pair with { Answers = [(guess + 1) % 9] }, pair with { Answers = [] }])
        );

        Assert.Equal([true, false, false], right);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Are_not_trained_for_with_other_than_one_answer(int answers)
    {
        EncodedPair pair = new([0, 1], [0, 2], 3, 4);
        EncodedPairs pairs = EncodedPairs.Of([pair, pair with { Answers = [.. Enumerable.Range(3, answers)] }]);

        ArgumentException error = Assert.Throws<ArgumentException>(() => TrainingRows.OfPrompts(pairs, CPU));

        Assert.Equal($"Prompt 2 has {answers} answers, but training needs exactly one.", error.Message);
    }

    private static PromptPair Pair(string prompt, string answer) => new(prompt, prompt, answer, answer);

    private static string Other(string answer) => answer == "a" ? "b" : "a";

    // One prompt at a time, through the whole forward pass: the slow, obviously right way.
    private static string Guess(Transformer model, string prompt)
    {
        using DisposeScope scope = NewDisposeScope();
        long[] ids = [.. Words.Encode(prompt).Select(id => (long)id)];
        Tensor logits = model.forward(tensor(ids, [1, ids.Length]));
        return Words.Words[(int)logits[0, ids.Length - 1].argmax().item<long>()];
    }
}
