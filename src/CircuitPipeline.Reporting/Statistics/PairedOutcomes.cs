using System.Collections.Immutable;

namespace CircuitPipeline.Reporting;

/// <summary>What two methods answered on the same items, from the same base and with the same adapter seed.</summary>
/// <param name="Base">The pre-trained base model, the unit of sampling.</param>
/// <param name="Seed">The adapter's seed.</param>
/// <param name="Method">Per item: whether the method was right.</param>
/// <param name="Reference">Per item, in the same order: whether the reference method was right.</param>
public sealed record PairedOutcomes(string Base, int Seed, ImmutableArray<bool> Method, ImmutableArray<bool> Reference)
{
    /// <summary>The difference per item: 1 where only the method was right, -1 where only the reference was, else 0.</summary>
    /// <returns>One number per item.</returns>
    /// <exception cref="ArgumentException">The two methods answered different numbers of items.</exception>
    public int[] Differences() =>
        Method.Length == Reference.Length
            ? [.. Method.Zip(Reference, (method, reference) => (method ? 1 : 0) - (reference ? 1 : 0))]
            : throw new ArgumentException(
                $"The outcomes of base '{Base}' and seed '{Seed}' are {Method.Length} items for the method and {Reference.Length} for the reference, but pairs need the same items; evaluate both on one test split."
            );
}
