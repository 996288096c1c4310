using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>How the work items of repeated studies are called.</summary>
internal static class ItemNames
{
    /// <summary>The base model of a repetition.</summary>
    internal static string Base(int number) => $"base-{number}";

    /// <summary>One way of fine-tuning one base model, once.</summary>
    internal static string Run(string method, int number, int adapter) => $"{method}-{number}-{adapter}";

    /// <summary>All repetitions, base by base.</summary>
    internal static IEnumerable<(int Base, int Adapter)> Repetitions(SeedsSpec seeds) =>
        from number in Enumerable.Range(0, seeds.Bases)
        from adapter in Enumerable.Range(0, seeds.Adapters)
        select (number, adapter);
}
