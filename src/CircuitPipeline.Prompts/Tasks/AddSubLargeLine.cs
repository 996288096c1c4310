using System.Collections.Immutable;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Prompts.Tasks;

/// <summary>Lines of the target task, <c>calc 60 + 5 = 65</c>, from the operand pairs that the corpus may use.</summary>
/// <param name="share">The corpus's share of the operand pairs, at least one.</param>
public sealed class AddSubLargeLine(ImmutableArray<OperandPair> share) : ICorpusLine
{
    /// <inheritdoc/>
    public string Name => "add_sub_large";

    /// <inheritdoc/>
    public string Draw(SeededRandom random) => AddSub.State(random.Pick(share.AsSpan()), random);
}
