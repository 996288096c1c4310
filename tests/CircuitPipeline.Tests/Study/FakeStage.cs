using System.Reflection;
using CircuitPipeline.Pipeline.Code;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Tests.Studies;

/// <summary>A stage whose plan the test gives.</summary>
internal sealed record FakeStage(string Name, Func<ExperimentSpec, IEnumerable<WorkItem>> Items) : IStage
{
    public int Version { get; init; } = 1;

    /// <summary>Which of the embedded sample sources counts as the stage's code.</summary>
    public string Source { get; init; } = "before";

    public Assembly[] Rooms { get; init; } = [];

    public StageCode Code => new(typeof(FakeStage).Assembly, [$"{Source}/Sample.cs"], [.. Rooms]);

    /// <summary>The experiment that is planned; a session gives it.</summary>
    public ExperimentSpec? Spec { get; init; }

    public IEnumerable<WorkItem> Plan() => Items(Spec!);

    /// <summary>A stage of independent items with the same body.</summary>
    public static FakeStage Of(string name, string[] items, Action<string, WorkItemContext> body) =>
        new(
            name,
            spec => items.Select(item => WorkItem.Of(item, new { spec.Seed }, (_, context) => body(item, context)))
        );
}
