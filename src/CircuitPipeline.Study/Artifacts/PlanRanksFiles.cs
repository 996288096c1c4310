using CircuitPipeline.Study.Runs;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>The files of rank plans, and the items that make them.</summary>
internal static class PlanRanksFiles
{
    internal const string StageName = "PlanRanks";
    internal const string RulesName = "rules.json";

    /// <summary>The item of the plans of one base model for a task.</summary>
    internal static string ItemOf(StudyTask task, int number) => task.Item($"plans-{number}");

    /// <summary>The plan of a method.</summary>
    internal static string PlanFile(string method) => $"{method}.json";
}
