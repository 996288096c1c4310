using System.Globalization;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Runs;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>The circuits that are selected from scores; their items are called as those of the scores.</summary>
internal static class SelectCircuitsFiles
{
    internal const string StageName = "SelectCircuits";

    /// <summary>A circuit that this stage makes.</summary>
    internal static ItemInput CircuitOf(StudyModel model, string pairs, double percent) =>
        new(StageName, AttributeEdgesFiles.ItemOf(model, pairs), CircuitFileOf(percent));

    /// <summary>The circuit with a share of the edges.</summary>
    internal static string CircuitFileOf(double percent) =>
        string.Create(CultureInfo.InvariantCulture, $"circuit-{percent}.json");
}
