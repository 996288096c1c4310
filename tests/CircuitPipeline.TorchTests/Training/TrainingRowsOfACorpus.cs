using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Training;

public sealed class TrainingRowsOfACorpus
{
    private static readonly Vocabulary Words = new(["a", "b", "c", "<pad>", "<eos>"]);

    [Fact]
    public void Ask_for_the_next_token_and_never_for_padding()
    {
        using TrainingRows rows = TrainingRows.OfCorpus(Corpus.OfText(["a b c", "c"], Words), CPU);

        Assert.Equal([0, 1, 2], rows.Tokens(0).ToArray());
        Assert.Equal([1, 2, 4], rows.Targets(0).ToArray());
        Assert.Equal([2], rows.Tokens(1).ToArray());
        Assert.Equal([4], rows.Targets(1).ToArray());
        Assert.Equal(4, rows.Take([1, 0]).Count);
    }

    [Fact]
    public void Of_prompts_of_several_lengths_have_the_losses_of_each_alone()
    {
        using DisposeScope scope = NewDisposeScope();
        using Transformer model = TinyModel.Create();
        EncodedPair shorter = new([1, 2], [1, 3], 4, 5);
        EncodedPair longer = new([1, 2, 3, 4], [1, 3, 3, 4], 6, 5);
        using TrainingRows rows = TrainingRows.OfPrompts(EncodedPairs.Of([shorter, longer]), CPU);

        Tensor together = rows.Take([0, 1]).Losses(model);
        Tensor alone = cat([rows.Take([0]).Losses(model), rows.Take([1]).Losses(model)]);

        Assert.InRange((together - alone).abs().max().to(ScalarType.Float64).item<double>(), 0, 1e-6);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(30)]
    [InlineData(61)]
    public void Of_a_number_that_leaves_a_block_unfilled_have_the_losses_of_each_alone(int count)
    {
        using DisposeScope scope = NewDisposeScope();
        using Transformer model = TinyModel.Create();
        EncodedPair[] pairs =
        [
            .. Enumerable
                .Range(0, count)
                .Select(row => new EncodedPair([1, row / 11, row % 11], [1, row / 11, row % 11], row % 7, 9)),
        ];
        using TrainingRows rows = TrainingRows.OfPrompts(EncodedPairs.Of(pairs), CPU);
        long[] all = [.. Enumerable.Range(0, count).Select(row => (long)row)];

        Tensor together = rows.Take(all).Losses(model);
        Tensor alone = cat([.. all.Select(row => rows.Take([row]).Losses(model))]);

        Assert.Equal(count, together.size(0));
        Assert.True(together.allclose(alone, 1e-12, 1e-12));
    }

    [Fact]
    public void Of_padded_prompts_ask_for_the_answer_and_for_every_end_behind_it()
    {
        using DisposeScope scope = NewDisposeScope();
        EncodedPairs pairs = EncodedPairs.Of([new([1, 2], [1, 3], 4, 5), new([1, 2, 3], [1, 3, 3], 6, 5)]);
        using TrainingRows rows = TrainingRows.OfPaddedPrompts(pairs, length: 5, endId: 9, CPU);

        Assert.Equal([1, 2, 4, 9, 9], rows.Tokens(0).ToArray());
        Assert.Equal([TrainingRows.NoTarget, 4, 9, 9, 9], rows.Targets(0).ToArray());
        Assert.Equal([1, 2, 3, 6, 9], rows.Tokens(1).ToArray());
        Assert.Equal([TrainingRows.NoTarget, TrainingRows.NoTarget, 6, 9, 9], rows.Targets(1).ToArray());
        Assert.Equal(
            "Prompt 2 has 3 tokens, but a row of 3 must hold its answer too.",
            Assert.Throws<ArgumentException>(() => TrainingRows.OfPaddedPrompts(pairs, 3, 9, CPU)).Message
        );
    }

    [Fact]
    public void Come_once_each_before_any_comes_again()
    {
        RowOrder order = new(5, new SeededRandom(1));

        long[] twoRounds = [.. order.Next(3), .. order.Next(3), .. order.Next(4)];

        Assert.Equal([0, 1, 2, 3, 4], twoRounds[..5].Order());
        Assert.Equal([0, 1, 2, 3, 4], twoRounds[5..].Order());
        Assert.NotEqual(twoRounds[..5], twoRounds[5..]);
    }
}
