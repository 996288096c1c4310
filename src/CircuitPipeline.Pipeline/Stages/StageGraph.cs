using System.Collections.Immutable;
using CircuitPipeline.Pipeline.Errors;

namespace CircuitPipeline.Pipeline.Stages;

/// <summary>The stages of a study and what depends on what; immutable, checked when it is made.</summary>
public sealed class StageGraph
{
    private readonly ImmutableDictionary<string, StageDescription> _byName;

    /// <summary>Checks the stages and puts them into running order.</summary>
    /// <param name="stages">The stages, in any order.</param>
    /// <exception cref="ArgumentException">A name is used twice, a dependency is unknown, or there is a cycle.</exception>
    public StageGraph(IEnumerable<StageDescription> stages)
    {
        ImmutableArray<StageDescription> given = [.. stages];
        if (given.GroupBy(stage => stage.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Stage '{twice.Key}' is described twice.", nameof(stages));
        }

        _byName = given.ToImmutableDictionary(stage => stage.Name);
        Stages = StageOrder.Of(given, _byName);
    }

    /// <summary>All stages, each after everything that it depends on.</summary>
    public ImmutableArray<StageDescription> Stages { get; }

    /// <summary>Looks a stage up.</summary>
    /// <param name="name">The stage's name.</param>
    /// <exception cref="InvalidExperimentException">The graph has no such stage.</exception>
    public StageDescription this[string name] =>
        _byName.GetValueOrDefault(name)
        ?? throw new InvalidExperimentException(
            $"Unknown stage '{name}'. {Spelling.Advice(name, Stages.Select(stage => stage.Name))}"
        );

    /// <summary>The stage and everything before it, in running order.</summary>
    /// <param name="name">The last stage wanted.</param>
    public ImmutableArray<StageDescription> UpTo(string name)
    {
        HashSet<string> wanted = [this[name].Name];
        foreach (StageDescription stage in Stages.Reverse().Where(stage => wanted.Contains(stage.Name)))
        {
            wanted.UnionWith(stage.DependsOn);
        }

        return [.. Stages.Where(stage => wanted.Contains(stage.Name))];
    }
}

/// <summary>A stage as the graph knows it: its name, what it is for, and which stages come before it.</summary>
/// <param name="Name">The name, as the command line says it.</param>
/// <param name="Description">One sentence for <c>--description</c>.</param>
/// <param name="DependsOn">Names of the stages whose results this stage reads.</param>
public sealed record StageDescription(string Name, string Description, ImmutableArray<string> DependsOn)
{
    /// <summary>Whether it is a name for the stages before it and has no work of its own.</summary>
    public bool IsGroup { get; init; }
}

/// <summary>Depth-first topological order that keeps the given order where it is free.</summary>
internal static class StageOrder
{
    public static ImmutableArray<StageDescription> Of(
        ImmutableArray<StageDescription> stages,
        ImmutableDictionary<string, StageDescription> byName
    )
    {
        List<StageDescription> ordered = new();
        List<string> path = new();
        foreach (StageDescription stage in stages)
        {
            Visit(stage);
        }

        return [.. ordered];

        void Visit(StageDescription stage)
        {
            if (path.IndexOf(stage.Name) is var start and >= 0)
            {
                throw new ArgumentException(
                    $"Circular dependency: {string.Join(" -> ", path.Skip(start).Append(stage.Name))}."
                );
            }

            if (ordered.Contains(stage))
            {
                return;
            }

            path.Add(stage.Name);
            foreach (string needed in stage.DependsOn)
            {
                Visit(
                    byName.GetValueOrDefault(needed)
                        ?? throw new ArgumentException(
                            $"Stage '{stage.Name}' depends on '{needed}', which is no stage. {Spelling.Advice(needed, byName.Keys)}"
                        )
                );
            }

            path.RemoveAt(path.Count - 1);
            ordered.Add(stage);
        }
    }
}
