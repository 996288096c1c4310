namespace CircuitPipeline.Study.Artifacts;

/// <summary>The files of rank plans, and the items that make them.</summary>
internal static class PlanRanksFiles
{
    internal const string StageName = "PlanRanks";
    internal const string RulesName = "rules.json";

    internal static string ItemOf(int number) => $"plans-{number}";

    /// <summary>The plan of a method.</summary>
    internal static string PlanFile(string method) => $"{method}.json";
}
