using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using CircuitPipeline.Tests.Frosting.Support;
using Xunit;

namespace CircuitPipeline.Tests.Frosting;

public sealed class Tasks
{
    [Fact]
    public void Are_named_by_their_class_or_their_attribute()
    {
        Assert.Equal(0, new NotedBuild(typeof(Plain)).Run("--target=Plain"));
        Assert.Equal(0, new NotedBuild(typeof(Renamed)).Run("--target=new-name"));
        Assert.Equal(255, new NotedBuild(typeof(Renamed)).Run("--target=Renamed"));
    }

    [Fact]
    public void Are_depended_on_by_class_whatever_their_name()
    {
        NotedBuild build = new(typeof(Renamed), typeof(AfterRenamed));

        Assert.Equal(0, build.Run("--target=AfterRenamed"));

        Assert.Equal(["Renamed", "AfterRenamed"], build.Notes);
    }

    [Fact]
    public void That_are_asynchronous_are_awaited()
    {
        NotedBuild build = new(typeof(Slow), typeof(AfterSlow));

        Assert.Equal(0, build.Run("--target=AfterSlow"));

        Assert.Equal(["slow", "AfterSlow"], build.Notes);
    }

    [Fact]
    public void Without_a_context_type_get_the_plain_one()
    {
        NotedBuild build = new(typeof(Contextless), typeof(ContextlessLater));

        Assert.Equal(0, build.Run("--target=Contextless", "--target=ContextlessLater"));

        Assert.Contains("no context needed", build.Printed);
        Assert.Contains("nor later", build.Printed);
    }

    [Fact]
    public void Of_another_context_are_left_out_with_a_warning()
    {
        NotedBuild build = new(typeof(Foreign), typeof(Plain));

        Assert.Equal(0, build.Run("--target=Plain"));
        Assert.Contains(typeof(OtherContext).FullName!, build.Printed + build.Console.Error);

        Assert.Equal(255, new NotedBuild(typeof(Foreign)).Run("--target=Foreign"));
    }

    [Fact]
    public void Of_an_added_assembly_are_found()
    {
        NotedBuild build = new();
        build.Host.AddAssembly(typeof(FoundInAssembly).Assembly);

        Assert.Equal(0, build.Run("--target=FoundInAssembly"));

        Assert.Contains("found in its assembly", build.Printed);
    }

    [Fact]
    public void Get_their_services_through_the_constructor()
    {
        NotedBuild build = new(typeof(Served));

        Assert.Equal(0, build.Run("--target=Served"));

        Assert.Equal(["served"], build.Notes);
    }

    public sealed class FoundInAssembly : FrostingTask
    {
        public override void Run(ICakeContext context) => context.Log.Information("found in its assembly");
    }

    private sealed class Plain : NotedTask;

    [TaskName("new-name")]
    private sealed class Renamed : NotedTask;

    [IsDependentOn(typeof(Renamed))]
    private sealed class AfterRenamed : NotedTask;

    private sealed class Slow : AsyncFrostingTask<NotedContext>
    {
        public override async Task RunAsync(NotedContext context)
        {
            await Task.Delay(20);
            context.Note("slow");
        }
    }

    [IsDependentOn(typeof(Slow))]
    private sealed class AfterSlow : NotedTask;

    private sealed class Contextless : FrostingTask
    {
        public override void Run(ICakeContext context) => context.Log.Information("no context needed");
    }

    private sealed class ContextlessLater : AsyncFrostingTask
    {
        public override Task RunAsync(ICakeContext context)
        {
            context.Log.Information("nor later");
            return Task.CompletedTask;
        }
    }

    private sealed class OtherContext(ICakeContext context) : FrostingContext(context);

    private sealed class Foreign : FrostingTask<OtherContext>
    {
        public override void Run(OtherContext context) => context.Log.Information("never");
    }

    private sealed class Served(Notes notes) : FrostingTask
    {
        public override void Run(ICakeContext context) => notes.Add("served");
    }
}
