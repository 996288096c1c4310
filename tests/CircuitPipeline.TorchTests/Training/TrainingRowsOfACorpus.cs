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
        using DisposeScope scope = NewDisposeScope();
        using TrainingRows rows = TrainingRows.OfCorpus(Corpus.OfText(["a b c", "c"], Words), CPU);

        RowBatch batch = rows.Take([1, 0]);

        Assert.Equal([2, 4, 3, 0, 1, 2], batch.Tokens.data<long>().ToArray());
        Assert.Equal([0, 3, 4, 5], batch.Places.data<long>().ToArray());
        Assert.Equal([4, 1, 2, 4], batch.Labels.data<long>().ToArray());
    }

    [Fact]
    public void Of_prompts_of_several_lengths_are_padded_where_nothing_looks()
    {
        using DisposeScope scope = NewDisposeScope();
        using Transformer model = TinyModel.Create();
        EncodedPair shorter = new([1, 2], [1, 3], 4, 5);
        EncodedPair longer = new([1, 2, 3, 4], [1, 3, 3, 4], 6, 5);
        using TrainingRows both = TrainingRows.OfPrompts(EncodedPairs.Of([shorter, longer]), CPU);
        using TrainingRows alone = TrainingRows.OfPrompts(EncodedPairs.Of([shorter]), CPU);

        RowBatch padded = both.Take([0, 1]);
        RowBatch unpadded = alone.Take([0]);

        Assert.Equal([1, 7], padded.Places.data<long>().ToArray());
        Assert.Equal([4, 6], padded.Labels.data<long>().ToArray());
        Tensor difference = model.forward(padded.Tokens)[0, 1] - model.forward(unpadded.Tokens)[0, 1];
        Assert.InRange(difference.abs().max().to(ScalarType.Float64).item<double>(), 0, 1e-6);
    }

    [Fact]
    public void Of_padded_prompts_ask_for_the_answer_and_for_every_end_behind_it()
    {
        using DisposeScope scope = NewDisposeScope();
        EncodedPairs pairs = EncodedPairs.Of([new([1, 2], [1, 3], 4, 5), new([1, 2, 3], [1, 3, 3], 6, 5)]);
        using TrainingRows rows = TrainingRows.OfPaddedPrompts(pairs, length: 5, endId: 9, CPU);

        RowBatch batch = rows.Take([0, 1]);

        Assert.Equal([1, 2, 4, 9, 9, 1, 2, 3, 6, 9], batch.Tokens.data<long>().ToArray());
        Assert.Equal([1, 2, 3, 4, 7, 8, 9], batch.Places.data<long>().ToArray());
        Assert.Equal([4, 9, 9, 9, 6, 9, 9], batch.Labels.data<long>().ToArray());
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
