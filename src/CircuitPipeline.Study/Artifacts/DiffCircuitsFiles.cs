using CircuitPipeline.Study.Runs;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>The files of compared circuits, and the items that make them.</summary>
internal static class DiffCircuitsFiles
{
    internal const string StageName = "DiffCircuits";
    internal const string DiffsName = "diffs.json";
    internal const string CompositionName = "composition.json";

    /// <summary>The item that compares a task's circuits of one base model.</summary>
    internal static string ItemOf(StudyTask task, int number) => task.Item($"changes-{number}");

    /// <summary>The item that compares a composed task's circuit with its parts', where they are tasks of the study.</summary>
    internal static string CompositionOf(int number) => $"composition-{number}";
}
