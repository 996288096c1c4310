using CircuitPipeline.Planning;

namespace CircuitPipeline.Study.Verbs;

/// <summary>What one layer rule would choose.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="CriticalLayers">The layers that it would raise, the most critical first.</param>
/// <param name="SharedWithPlan">How many of them the plan raises too.</param>
/// <param name="OutlyingLayers">The paper's fallback: layers at or above the mean + standard deviation of the rule's numbers.</param>
internal sealed record RuleChoice(string Rule, int[] CriticalLayers, int SharedWithPlan, int[] OutlyingLayers)
{
    internal static RuleChoice Of(RuleComparison rule) =>
        new(
            rule.Rule,
            [.. rule.Critical],
            rule.SharedWithFirst,
            rule.Order.Any(layer => layer.Value is null) ? [] : [.. Planning.OutlyingLayers.Of(rule.Order)]
        );
}
