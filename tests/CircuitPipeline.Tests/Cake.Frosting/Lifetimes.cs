using Cake.Core;
using Cake.Frosting;
using CircuitPipeline.Tests.Frosting.Support;
using Xunit;

namespace CircuitPipeline.Tests.Frosting;

public sealed class Lifetimes
{
    private readonly NotedBuild _build = new(typeof(First), typeof(Second), typeof(Failing));

    [Fact]
    public void Enclose_the_build_and_every_task()
    {
        _build.Host.UseLifetime<WholeBuild>().UseTaskLifetime<EveryTask>();

        Assert.Equal(0, _build.Run("--target=Second"));

        Assert.Equal(
            "setup, <First>, First, </First>, <Second>, Second, </Second>, teardown of setup, succeeded",
            _build.Notes.ToString()
        );
    }

    [Fact]
    public void End_also_when_a_task_failed()
    {
        _build.Host.UseLifetime<WholeBuild>().UseTaskLifetime<EveryTask>();

        Assert.Equal(255, _build.Run("--target=Failing"));

        Assert.Equal(
            "setup, <Failing>, </Failing>, teardown of setup, failed with 'no water'",
            _build.Notes.ToString()
        );
    }

    [Fact]
    public void Of_a_dry_run_enclose_the_listing_only()
    {
        _build.Host.UseLifetime<WholeBuild>().UseTaskLifetime<EveryTask>();

        Assert.Equal(0, _build.Run("--target=Second", "--dryrun"));

        Assert.Equal(["setup", "teardown of setup, succeeded"], _build.Notes);
    }

    [Fact]
    public void Of_a_tree_are_not_entered()
    {
        _build.Host.UseLifetime<WholeBuild>();

        Assert.Equal(0, _build.Run("--tree"));

        Assert.Empty(_build.Notes);
    }

    [Fact]
    public void May_be_a_setup_and_a_teardown_apart()
    {
        _build.Host.UseSetup<OnlySetup>().UseTeardown<OnlyTeardown>();

        Assert.Equal(0, _build.Run("--target=First"));

        Assert.Equal(["only setup", "First", "only teardown"], _build.Notes);
    }

    private sealed class First : NotedTask;

    [IsDependentOn(typeof(First))]
    private sealed class Second : NotedTask;

    private sealed class Failing : FrostingTask<NotedContext>
    {
        public override void Run(NotedContext context) => throw new InvalidOperationException("no water");
    }

    private sealed class WholeBuild : FrostingLifetime<NotedContext>
    {
        private string _begun = "nothing";

        public override void Setup(NotedContext context, ISetupContext info) => context.Note(_begun = "setup");

        public override void Teardown(NotedContext context, ITeardownContext info) =>
            context.Note(
                $"teardown of {_begun}, "
                    + (info.Successful ? "succeeded" : $"failed with '{info.ThrownException.Message}'")
            );
    }

    private sealed class EveryTask : FrostingTaskLifetime<NotedContext>
    {
        public override void Setup(NotedContext context, ITaskSetupContext info) => context.Note($"<{info.Task.Name}>");

        public override void Teardown(NotedContext context, ITaskTeardownContext info) =>
            context.Note($"</{info.Task.Name}>");
    }

    private sealed class OnlySetup : FrostingSetup<NotedContext>
    {
        public override void Setup(NotedContext context, ISetupContext info) => context.Note("only setup");
    }

    private sealed class OnlyTeardown : FrostingTeardown<NotedContext>
    {
        public override void Teardown(NotedContext context, ITeardownContext info) => context.Note("only teardown");
    }
}
