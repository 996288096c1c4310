using Cake.Frosting;
using CircuitPipeline.Tests.Frosting.Support;
using Xunit;

namespace CircuitPipeline.Tests.Frosting;

public sealed class Dependencies
{
    [Fact]
    public void Can_be_declared_from_the_other_side()
    {
        NotedBuild build = new(typeof(Last), typeof(Slipped));

        Assert.Equal(0, build.Run("--target=Last"));

        Assert.Equal(["Slipped", "Last"], build.Notes);
    }

    [Theory]
    [InlineData(typeof(OnNoTask), "The dependency 'DateTime' is not a valid task.")]
    [InlineData(typeof(OfNoTask), "The reverse dependency 'DateTime' is not a valid task.")]
    public void On_a_class_that_is_no_task_fail(Type task, string message)
    {
        NotedBuild build = new(task);

        Assert.Equal(255, build.Run("--target=" + task.Name));

        Assert.Empty(build.Notes);
        Assert.Equal($"Error: {message}\n", build.Console.Error.ToString());
    }

    [Fact]
    public void On_a_task_that_the_host_does_not_know_fail()
    {
        NotedBuild build = new(typeof(Last), typeof(AfterLast));

        Assert.Equal(0, build.Run("--target=AfterLast"));
        Assert.Equal(255, new NotedBuild(typeof(AfterLast)).Run("--target=AfterLast"));
    }

    [Fact]
    public void In_a_circle_fail_before_anything_runs()
    {
        NotedBuild build = new(typeof(Stone), typeof(Paper), typeof(Scissors));

        Assert.Equal(255, build.Run("--target=Stone"));

        Assert.Empty(build.Notes);
        Assert.StartsWith("Error: ", build.Console.Error.ToString());
    }

    [Fact]
    public void Between_two_tasks_both_ways_fail_before_anything_runs()
    {
        NotedBuild build = new(typeof(Hen), typeof(Egg));

        Assert.Equal(255, build.Run("--target=Hen"));

        Assert.Empty(build.Notes);
        Assert.Contains("cannot depend on each other", build.Console.Error.ToString());
    }

    private sealed class Last : NotedTask;

    [IsDependeeOf(typeof(Last))]
    private sealed class Slipped : NotedTask;

    [IsDependentOn(typeof(Last))]
    private sealed class AfterLast : NotedTask;

    [IsDependentOn(typeof(DateTime))]
    private sealed class OnNoTask : NotedTask;

    [IsDependeeOf(typeof(DateTime))]
    private sealed class OfNoTask : NotedTask;

    [IsDependentOn(typeof(Paper))]
    private sealed class Stone : NotedTask;

    [IsDependentOn(typeof(Scissors))]
    private sealed class Paper : NotedTask;

    [IsDependentOn(typeof(Stone))]
    private sealed class Scissors : NotedTask;

    [IsDependentOn(typeof(Egg))]
    private sealed class Hen : NotedTask;

    [IsDependentOn(typeof(Hen))]
    private sealed class Egg : NotedTask;
}
