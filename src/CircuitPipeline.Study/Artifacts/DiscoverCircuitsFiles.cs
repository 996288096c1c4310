using System.Globalization;
using CircuitPipeline.Pipeline.Stages;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>The files of scores and circuits, and the items that make them.</summary>
internal static class DiscoverCircuitsFiles
{
    internal const string StageName = "DiscoverCircuits";

    /// <summary>The work item of a model and the pairs that its circuits are found with.</summary>
    internal static string ItemOf(StudyModel model, string pairs) =>
        pairs switch
        {
            PairSets.First => model.Name,
            PairSets.Second => $"{model.Name}-again",
            _ => $"{model.Name}-{pairs}",
        };

    /// <summary>A circuit that this stage makes.</summary>
    internal static ItemInput CircuitOf(StudyModel model, string pairs, double percent) =>
        new(StageName, ItemOf(model, pairs), CircuitFileOf(percent));

    /// <summary>The circuit with a share of the edges.</summary>
    internal static string CircuitFileOf(double percent) =>
        string.Create(CultureInfo.InvariantCulture, $"circuit-{percent}.json");
}
