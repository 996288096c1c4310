using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Corpora;
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

        (Tensor tokens, Tensor targets) = rows.Take([1, 0]);

        long no = TrainingRows.NoTarget;
        Assert.Equal([2, 4, 3, 0, 1, 2], tokens.data<long>().ToArray());
        Assert.Equal([4, no, no, 1, 2, 4], targets.data<long>().ToArray());
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
