using CircuitPipeline.Attribution.Pairs;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Attribution;

/// <summary>Only answer positions are unembedded, and padding stands behind them.</summary>
public sealed class UnembeddedPositions
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Have_the_logits_of_a_whole_run_of_each_prompt_alone(bool isGpt2)
    {
        using Transformer model = FilledModel.Create(isGpt2 ? TinyModel.Gpt2Config() : TinyModel.Config());
        using DisposeScope scope = NewDisposeScope();
        EncodedPairs tiny = TinyPairs.Create(count: 4);
        EncodedPairs pairs = EncodedPairs.Of([tiny[0], tiny[1] with { Position = 2 }, tiny[2], tiny[3]]);
        PairBatch batch = pairs.Take([0, 1, 2, 3], CPU);

        Tensor logits = SourceActivations.Of(model, batch, batch.Corrupted).Logits; // [batch, d_vocab]

        Assert.Equal([4, 2, 3, 4], batch.AnswerPositions);
        Assert.Equal([5, 5, 4, 5], batch.Lengths);
        foreach (int row in Enumerable.Range(0, 4))
        {
            Tensor whole = model.forward(TinyModel.Tokens([.. pairs[row].Corrupted.Select(id => (long)id)]));
            Assert.True(whole[0][batch.AnswerPositions[row]].allclose(logits[row], rtol: 0, atol: 1e-12));
        }
    }
}
