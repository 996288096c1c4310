using System.Reflection;
using Cake.Frosting;
using CircuitPipeline.BuildHost;
using CircuitPipeline.Study;
using Xunit;

namespace CircuitPipeline.Tests.BuildHost;

/// <summary>Cake's tree is the library's stage graph.</summary>
public sealed class StageTasks
{
    private static readonly Type[] Tasks =
    [
        .. typeof(BuildContext).Assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(IFrostingTask))),
    ];

    [Fact]
    public void Every_stage_is_a_task_with_the_same_dependencies_and_description()
    {
        string[] stages =
        [
            .. StudyStages.Graph.Stages.Select(stage => Line(stage.Name, stage.DependsOn, stage.Description)),
        ];
        string[] tasks =
        [
            .. Tasks
                .Where(task => StudyStages.Graph.Stages.Any(stage => stage.Name == TaskNames.Of(task)))
                .Select(task => Line(TaskNames.Of(task), Dependencies(task), Description(task))),
        ];

        Assert.Equal(stages.Order(), tasks.Order());
    }

    [Fact]
    public void The_other_tasks_are_these() =>
        Assert.Equal(
            ["Bench", "Clean", "Compile", "Default", "Format", "Pack", "Test", "TestAll", "TestGpu"],
            TaskNames.Of(typeof(BuildContext).Assembly).Except(StudyStages.Graph.Stages.Select(stage => stage.Name))
        );

    [Fact]
    public void Default_is_the_report() => Assert.Equal(["Report"], Dependencies(typeof(Default)));

    private static string Line(string name, IEnumerable<string> dependencies, string description) =>
        $"{name} <- {string.Join(", ", dependencies.Order())}: {description}";

    private static IEnumerable<string> Dependencies(Type task) =>
        task.GetCustomAttributes<IsDependentOnAttribute>().Select(attribute => TaskNames.Of(attribute.Task));

    private static string Description(Type task) => task.GetCustomAttribute<TaskDescriptionAttribute>()!.Description;
}
