namespace CircuitPipeline.Study.Artifacts;

/// <summary>The files of compared circuits, and the items that make them.</summary>
internal static class DiffCircuitsFiles
{
    internal const string StageName = "DiffCircuits";
    internal const string DiffsName = "diffs.json";
    internal const string CompositionName = "composition.json";

    internal static string ItemOf(int number) => $"changes-{number}";
}
