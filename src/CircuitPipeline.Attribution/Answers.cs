using System.Collections.Immutable;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>What a metric compares, by example.</summary>
/// <param name="Clean">The answers to the clean prompts: the right ones.</param>
/// <param name="Corrupted">The answers to the corrupted prompts: the wrong ones.</param>
public sealed record Answers(AnswerSets Clean, AnswerSets Corrupted)
{
    /// <summary>The logits of the metric's reference run, <c>[batch, d_vocab]</c>; null when the metric needs none.</summary>
    public Tensor? ReferenceLogits { get; init; }

    /// <summary>The same examples so many times in a row, for runs that stack variants of one batch.</summary>
    internal Answers Repeated(long times) =>
        new(Clean.Repeated(times), Corrupted.Repeated(times)) { ReferenceLogits = ReferenceLogits?.repeat(times, 1) };
}

/// <summary>A set of tokens for each example.</summary>
public sealed class AnswerSets
{
    private readonly Tensor? _isAnswer; // [batch, answer], Bool; null where no set is padded

    private AnswerSets(Tensor ids, Tensor? isAnswer) => (Ids, _isAnswer) = (ids, isAnswer);

    /// <summary>Token ids, <c>[batch, answer]</c>, Int64; a set that is shorter than the longest ends with its first token again.</summary>
    public Tensor Ids { get; }

    // The way of one answer each, in which no bit of a result depends on what sets need.
    private bool IsSingle => _isAnswer is null && Ids.size(1) == 1;

    /// <summary>Makes tensors of sets.</summary>
    /// <param name="sets">One for each example, each token once; a set may be empty, but then nothing follows from it.</param>
    /// <param name="device">Where the tensors go.</param>
    public static AnswerSets Of(IReadOnlyList<ImmutableArray<int>> sets, Device device)
    {
        int longest = sets.Max(set => set.Length);
        long[] shape = [sets.Count, longest];
        Tensor ids = tensor([.. sets.SelectMany(set => Padded(set, longest))], shape, device: device);
        bool[] isAnswer = [.. sets.SelectMany(set => Enumerable.Range(0, longest).Select(place => place < set.Length))];
        return new AnswerSets(ids, isAnswer.All(known => known) ? null : tensor(isAnswer, shape, device: device));
    }

    /// <summary>The sum over each set.</summary>
    /// <param name="values">Logits or probabilities, <c>[batch, d_vocab]</c>.</param>
    /// <returns><c>[batch]</c>, differentiable; 0 for an empty set.</returns>
    public Tensor Sum(Tensor values)
    {
        Tensor chosen = values.gather(1, Ids); // [batch, answer]
        return IsSingle ? chosen.squeeze(1)
            : _isAnswer is null ? chosen.sum(1)
            : (chosen * _isAnswer.to(chosen.dtype)).sum(1);
    }

    /// <summary>The mean over each set.</summary>
    /// <param name="values">Logits or probabilities, <c>[batch, d_vocab]</c>.</param>
    /// <returns><c>[batch]</c>, differentiable; not a number for an empty set.</returns>
    public Tensor Mean(Tensor values) =>
        IsSingle ? Sum(values)
        : _isAnswer is null ? values.gather(1, Ids).mean([1])
        : Sum(values) / _isAnswer.sum(1).to(values.dtype);

    /// <summary>Whether each example's token is in its set.</summary>
    /// <param name="tokens">Token ids, <c>[batch]</c>, Int64.</param>
    /// <returns><c>[batch]</c>, Bool.</returns>
    public Tensor Contain(Tensor tokens)
    {
        Tensor isEqual = Ids.eq(tokens.unsqueeze(1)); // [batch, answer]
        return (_isAnswer is null ? isEqual : isEqual.logical_and(_isAnswer)).any(1);
    }

    internal AnswerSets Repeated(long times) => new(Ids.repeat(times, 1), _isAnswer?.repeat(times, 1));

    // With the set's own first token, so that where it is finite, what is multiplied by 0 is finite too.
    private static IEnumerable<long> Padded(ImmutableArray<int> set, int length) =>
        Enumerable.Range(0, length).Select(place => (long)(place < set.Length ? set[place] : set.FirstOrDefault()));
}
