using Cake.Frosting;
using CircuitPipeline.Tests.Frosting.Support;
using Xunit;

namespace CircuitPipeline.Tests.Frosting;

public sealed class Criteria
{
    [Fact]
    public void That_say_no_skip_the_task_and_only_it()
    {
        NotedBuild build = new(typeof(Before), typeof(Conditional), typeof(After));

        Assert.Equal(0, build.Run("--target=After"));

        Assert.Equal(["Before", "After"], build.Notes);
        Assert.Matches(@"Conditional\s+-\s+Skipped", build.Printed);
    }

    [Fact]
    public void That_say_yes_change_nothing()
    {
        NotedBuild build = new(typeof(Before), typeof(Conditional), typeof(After));

        Assert.Equal(0, build.Run("--target=After", "--wanted"));

        Assert.Equal(["Before", "Conditional", "After"], build.Notes);
    }

    [Fact]
    public void Of_asynchronous_tasks_count_too()
    {
        NotedBuild build = new(typeof(Never), typeof(AfterNever));

        Assert.Equal(0, build.Run("--target=AfterNever"));

        Assert.Equal(["AfterNever"], build.Notes);
    }

    [Fact]
    public void That_skip_the_target_itself_fail_the_build()
    {
        NotedBuild build = new(typeof(Never));

        Assert.Equal(255, build.Run("--target=Never"));

        Assert.Contains("'Never'", build.Console.Error.ToString());
    }

    [Fact]
    public void May_say_why()
    {
        NotedBuild build = new(typeof(Reasoned), typeof(AfterReasoned));

        Assert.Equal(0, build.Run("--target=AfterReasoned", "--verbosity=verbose"));

        Assert.Contains("no oven", build.Printed);
    }

    private sealed class Before : NotedTask;

    [IsDependentOn(typeof(Before))]
    private sealed class Conditional : NotedTask
    {
        public override bool ShouldRun(NotedContext context) => context.Arguments.HasArgument("wanted");
    }

    [IsDependentOn(typeof(Conditional))]
    private sealed class After : NotedTask;

    private sealed class Never : AsyncFrostingTask<NotedContext>
    {
        public override Task RunAsync(NotedContext context)
        {
            context.Note("ran");
            return Task.CompletedTask;
        }

        public override bool ShouldRun(NotedContext context) => false;
    }

    [IsDependentOn(typeof(Never))]
    private sealed class AfterNever : NotedTask;

    private sealed class Reasoned : FrostingTask<NotedContext>, IFrostingTask
    {
        public string SkippedMessage => "no oven";

        public override bool ShouldRun(NotedContext context) => false;
    }

    [IsDependentOn(typeof(Reasoned))]
    private sealed class AfterReasoned : NotedTask;
}
