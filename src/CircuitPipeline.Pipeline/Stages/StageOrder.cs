using System.Collections.Immutable;
using CircuitPipeline.Pipeline.Errors;

namespace CircuitPipeline.Pipeline.Stages;

/// <summary>Depth-first topological order that keeps the given order where it is free.</summary>
internal static class StageOrder
{
    public static ImmutableArray<StageDescription> Of(
        ImmutableArray<StageDescription> stages,
        ImmutableDictionary<string, StageDescription> byName
    )
    {
        var ordered = new List<StageDescription>();
        var path = new List<string>();
        foreach (StageDescription stage in stages)
            Visit(stage);
        return [.. ordered];

        void Visit(StageDescription stage)
        {
            if (path.IndexOf(stage.Name) is var start and >= 0)
                throw new ArgumentException(
                    $"Circular dependency: {string.Join(" -> ", path.Skip(start).Append(stage.Name))}."
                );
            if (ordered.Contains(stage))
                return;
            path.Add(stage.Name);
            foreach (string needed in stage.DependsOn)
                Visit(
                    byName.GetValueOrDefault(needed)
                        ?? throw new ArgumentException(
                            $"Stage '{stage.Name}' depends on '{needed}', which is no stage. {Spelling.Advice(needed, byName.Keys)}"
                        )
                );
            path.RemoveAt(path.Count - 1);
            ordered.Add(stage);
        }
    }
}
