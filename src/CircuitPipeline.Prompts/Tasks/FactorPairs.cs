using System.Collections.Immutable;

namespace CircuitPipeline.Prompts;

/// <summary>Pairs of factors, both at least 2, whose product is a number of the vocabulary.</summary>
internal static class FactorPairs
{
    public static ImmutableArray<(int First, int Second)> Upto(int maxNumber) =>
        [
            .. from first in Enumerable.Range(2, maxNumber)
            from second in Enumerable.Range(2, Math.Max(0, maxNumber / first - 1))
            select (first, second),
        ];
}
