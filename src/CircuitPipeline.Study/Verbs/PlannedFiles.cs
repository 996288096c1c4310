using System.Collections.Immutable;
using CircuitPipeline.Planning;

namespace CircuitPipeline.Study.Verbs;

/// <summary>What <see cref="RankPlanning"/> made.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Rules">Which layers each rule would raise, the plan's rule first.</param>
/// <param name="PlanFile">Where the plan was written.</param>
/// <param name="AdapterFile">Where PEFT's configuration was written.</param>
public sealed record PlannedFiles(
    RankPlan Plan,
    ImmutableArray<RuleComparison> Rules,
    string PlanFile,
    string AdapterFile
)
{
    /// <summary>The content of the plan's file.</summary>
    internal RankPlanDocument Document => RankPlanDocument.Of(Plan, Rules, Rules[0].Order.Length);
}
