using System.Collections.Immutable;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Prompts.Tasks;

/// <summary>One thing that a task asks: what a model could memorise of it, whatever the words around.</summary>
/// <param name="Operands">Numbers, or places in the task's lists of words.</param>
/// <param name="Keys">
/// The facts in it that must not cross from one split into another, as <c>+ 97 35</c>; two in a composition, whose parts are items of the
/// parts' tasks under the same keys.
/// </param>
public sealed record TaskItem(ImmutableArray<int> Operands, ImmutableArray<string> Keys);

/// <summary>A row in the text of a task's source.</summary>
/// <param name="Pair">Its prompts, without a blank at the end, and answers, without one before them.</param>
/// <param name="Keys">As of a <see cref="TaskItem"/>.</param>
public sealed record TaskText(PromptPair Pair, ImmutableArray<string> Keys);

/// <summary>The numbers that are words of the tiny model.</summary>
/// <param name="Max">The largest, at least 100; the least is 0.</param>
/// <param name="SmallLimit">The largest operand of small sums, at most half of <paramref name="Max"/>.</param>
public readonly record struct TinyNumbers(int Max, int SmallLimit)
{
    /// <summary>The numbers of a corpus.</summary>
    /// <param name="corpus">The spec, without problems.</param>
    public static TinyNumbers Of(CorpusSpec corpus) => new(corpus.MaxNumber, corpus.SmallLimit);
}
