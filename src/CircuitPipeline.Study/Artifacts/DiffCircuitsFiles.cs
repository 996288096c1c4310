using CircuitPipeline.Study.Runs;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>The files of compared circuits, and the items that make them.</summary>
internal static class DiffCircuitsFiles
{
    internal const string StageName = "DiffCircuits";
    internal const string DiffsName = "diffs.json";
    internal const string CompositionName = "composition.json";

    /// <summary>The same at several sizes, beside chance.</summary>
    internal const string OverlapsName = "overlaps.json";

    /// <summary>What fine-tuning changes in the union of the parts' circuits; only where both parts are fine-tuned on.</summary>
    internal const string UnionName = "union.json";

    /// <summary>The item that compares a task's circuits of one base model.</summary>
    internal static string ItemOf(StudyTask task, int number) => task.Item($"changes-{number}");

    /// <summary>The item that compares a composed task's circuit with its parts', where they are tasks of the study.</summary>
    internal static string CompositionOf(int number) => $"composition-{number}";
}
