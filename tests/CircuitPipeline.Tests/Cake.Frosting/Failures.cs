using Cake.Frosting;
using CircuitPipeline.Tests.Frosting.Support;
using Xunit;

namespace CircuitPipeline.Tests.Frosting;

public sealed class Failures
{
    [Fact]
    public void End_the_build_with_255_and_one_error()
    {
        NotedBuild build = new(typeof(Throwing), typeof(AfterThrowing));

        Assert.Equal(255, build.Run("--target=AfterThrowing"));

        Assert.Equal(["Throwing"], build.Notes);
        Assert.EndsWith("Error: no flour\n", build.Console.Error.ToString());
        Assert.Equal(1, build.Console.Error.ToString().Split("no flour").Length - 1);
    }

    [Fact]
    public void Of_tasks_marked_so_do_not_end_the_build()
    {
        NotedBuild build = new(typeof(Forgiven), typeof(AfterForgiven));

        Assert.Equal(0, build.Run("--target=AfterForgiven"));

        Assert.Equal(["Forgiven", "AfterForgiven"], build.Notes);
    }

    [Fact]
    public void Are_handled_by_an_overridden_OnError_then_Finally()
    {
        NotedBuild build = new(typeof(Handled), typeof(AfterHandled));

        Assert.Equal(0, build.Run("--target=AfterHandled"));

        Assert.Equal(["Handled", "handled no flour", "finally", "AfterHandled"], build.Notes);
    }

    [Fact]
    public void Thrown_by_OnError_end_the_build()
    {
        NotedBuild build = new(typeof(Rethrowing));

        Assert.Equal(255, build.Run("--target=Rethrowing"));

        Assert.Contains("Error: no flour either\n", build.Console.Error.ToString());
    }

    [Fact]
    public void That_do_not_happen_leave_OnError_out_but_not_Finally()
    {
        NotedBuild build = new(typeof(Fine));

        Assert.Equal(0, build.Run("--target=Fine"));

        Assert.Equal(["Fine", "finally"], build.Notes);
    }

    [Fact]
    public void Of_asynchronous_tasks_are_failures_too()
    {
        NotedBuild build = new(typeof(ThrowingLater), typeof(HandledLater));

        Assert.Equal(255, build.Run("--target=ThrowingLater"));
        Assert.Equal(0, build.Run("--target=HandledLater"));

        Assert.Equal(["handled later"], build.Notes);
    }

    private abstract class ThrowingTask : FrostingTask<NotedContext>
    {
        public override void Run(NotedContext context)
        {
            context.Note(GetType().Name);
            throw new InvalidOperationException("no flour");
        }
    }

    private sealed class Throwing : ThrowingTask;

    [IsDependentOn(typeof(Throwing))]
    private sealed class AfterThrowing : NotedTask;

    [ContinueOnError]
    private sealed class Forgiven : ThrowingTask;

    [IsDependentOn(typeof(Forgiven))]
    private sealed class AfterForgiven : NotedTask;

    private sealed class Handled : ThrowingTask
    {
        public override void OnError(Exception exception, NotedContext context) =>
            context.Note("handled " + exception.Message);

        public override void Finally(NotedContext context) => context.Note("finally");
    }

    [IsDependentOn(typeof(Handled))]
    private sealed class AfterHandled : NotedTask;

    private sealed class Rethrowing : ThrowingTask
    {
        public override void OnError(Exception exception, NotedContext context) =>
            throw new InvalidOperationException("no flour either");
    }

    private sealed class Fine : NotedTask
    {
        public override void OnError(Exception exception, NotedContext context) => context.Note("handled");

        public override void Finally(NotedContext context) => context.Note("finally");
    }

    private sealed class ThrowingLater : AsyncFrostingTask<NotedContext>
    {
        public override async Task RunAsync(NotedContext context)
        {
            await Task.Yield();
            throw new InvalidOperationException("no flour");
        }
    }

    private sealed class HandledLater : AsyncFrostingTask<NotedContext>
    {
        public override Task RunAsync(NotedContext context) =>
            Task.FromException(new InvalidOperationException("later"));

        public override void OnError(Exception exception, NotedContext context) =>
            context.Note("handled " + exception.Message);
    }
}
