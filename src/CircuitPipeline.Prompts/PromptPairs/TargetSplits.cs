using System.Collections.Immutable;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Prompts.Tasks;

namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>The target task's prompt pairs, in sets that share no unordered pair of operands with each other or with the corpus.</summary>
/// <param name="Train">To fine-tune on.</param>
/// <param name="Validation">For choices, and to measure the pretrained model on.</param>
/// <param name="Circuit1">To find circuits with.</param>
/// <param name="Circuit2">To find circuits with again; how far they differ is the noise floor.</param>
/// <param name="Test">For reported accuracies.</param>
public sealed record TargetSplits(
    ImmutableArray<PromptPair> Train,
    ImmutableArray<PromptPair> Validation,
    ImmutableArray<PromptPair> Circuit1,
    ImmutableArray<PromptPair> Circuit2,
    ImmutableArray<PromptPair> Test
)
{
    /// <summary>The sets with the names of their files.</summary>
    public IEnumerable<(string Name, ImmutableArray<PromptPair> Pairs)> Named =>
        [
            ("train", Train),
            ("validation", Validation),
            ("circuit-1", Circuit1),
            ("circuit-2", Circuit2),
            ("test", Test),
        ];

    /// <summary>Draws the sets from the operand pairs outside the corpus's share.</summary>
    /// <param name="corpus">The corpus beside which they are drawn, without problems.</param>
    /// <param name="spec">The sizes, without problems.</param>
    /// <param name="seed">The study's stream, the same as the corpus's; what was drawn from it does not matter.</param>
    /// <returns>The sets, each with exactly the prompt pairs asked for. Another size of <c>train</c> leaves the others as they are.</returns>
    public static TargetSplits Draw(CorpusSpec corpus, SplitSpec spec, SeededRandom seed)
    {
        if (spec.Problems(corpus).Cast<SpecProblem?>().FirstOrDefault() is { } problem)
        {
            throw new ArgumentException($"'{problem.Key}' {problem.Message}", nameof(spec));
        }
        TaskSplits splits = TaskSplits.Draw(new AddSub(), TinyNumbers.Of(corpus), corpus.LargeShare, spec, seed);
        return new TargetSplits(
            splits.Train.Pairs,
            splits.Validation.Pairs,
            splits.Circuit1.Pairs,
            splits.Circuit2.Pairs,
            splits.Test.Pairs
        );
    }

    /// <summary>The operand pairs that the pretraining corpus may use.</summary>
    /// <param name="corpus">The spec, without problems.</param>
    /// <param name="seed">The study's stream; what was drawn from it does not matter.</param>
    /// <returns>The first pairs of the target's random order.</returns>
    public static ImmutableArray<OperandPair> CorpusShare(CorpusSpec corpus, SeededRandom seed) =>
        [
            .. TaskSplits
                .CorpusShare(new AddSub(), TinyNumbers.Of(corpus), corpus.LargeShare, seed)
                .Select(AddSub.OperandsOf),
        ];
}
