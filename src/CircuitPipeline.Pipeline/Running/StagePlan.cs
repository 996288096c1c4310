using System.Collections.Immutable;
using CircuitPipeline.Pipeline.Stages;

namespace CircuitPipeline.Pipeline.Running;

/// <summary>The work items, stage by stage, checked when a stage is first asked for.</summary>
internal sealed class StagePlan(StageCatalog catalog, string study)
{
    private readonly Dictionary<string, ImmutableArray<WorkItem>> _planned = [];

    /// <summary>The study's name.</summary>
    public string Study => study;

    /// <summary>The stage's body, or null when this version ends before the stage.</summary>
    public IStage? Body(string stage) => catalog.Stages.FirstOrDefault(body => body.Name == stage);

    public ImmutableArray<WorkItem> ItemsOf(IStage stage)
    {
        if (!_planned.TryGetValue(stage.Name, out ImmutableArray<WorkItem> items))
        {
            items = [.. stage.Plan()];
            Check(stage, items);
            _planned.Add(stage.Name, items);
        }
        return items;
    }

    /// <summary>The stage and the item that make a file.</summary>
    public (IStage Stage, WorkItem Item) MakerOf(ItemInput input) =>
        Body(input.Stage) is { } stage && ItemsOf(stage).FirstOrDefault(item => item.Name == input.Item) is { } item
            ? (stage, item)
            : throw new InvalidOperationException($"The input '{input}' is planned by no stage.");

    private void Check(IStage stage, ImmutableArray<WorkItem> items)
    {
        if (items.GroupBy(item => item.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InvalidOperationException($"Stage '{stage.Name}' plans its item '{twice.Key}' twice.");
        }

        HashSet<string> earlier = catalog
            .Graph.UpTo(stage.Name)
            .Select(before => before.Name)
            .Where(name => name != stage.Name)
            .ToHashSet();
        foreach (WorkItem item in items)
        {
            foreach (ItemInput input in item.Inputs.Where(input => !earlier.Contains(input.Stage)))
            {
                throw new InvalidOperationException(
                    $"'{stage.Name}/{item.Name}' reads '{input}', but '{stage.Name}' does not depend on '{input.Stage}'."
                );
            }
        }
    }
}
