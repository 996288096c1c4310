using Cake.Frosting;
using CircuitPipeline.Tests.Frosting.Support;
using Xunit;

namespace CircuitPipeline.Tests.Frosting;

public sealed class Targets
{
    private readonly NotedBuild _build = new(
        typeof(Report),
        typeof(Right),
        typeof(Left),
        typeof(Root),
        typeof(Default)
    );

    [Fact]
    public void Run_after_what_they_depend_on_each_task_once()
    {
        Assert.Equal(0, _build.Run("--target", "Report"));

        Assert.Equal(["Root", "Left", "Right", "Report"], _build.Notes);
    }

    [Fact]
    public void Given_together_run_what_they_share_once()
    {
        Assert.Equal(0, _build.Run("--target=Right", "--target=Left"));

        Assert.Equal("Root", _build.Notes[0]);
        Assert.Equal(["Left", "Right", "Root"], _build.Notes.Order());
    }

    [Fact]
    public void Given_together_run_apart_when_the_environment_says_so()
    {
        _build.Environment.Variables["CAKE_SETTINGS_UNIFIEDDEPENDENCYGRAPHFORMULTIPLETARGETS"] = "false";

        Assert.Equal(0, _build.Run("--target=Right", "--target=Left"));

        Assert.Equal(["Root", "Right", "Root", "Left"], _build.Notes);
    }

    [Fact]
    public void Are_Default_when_none_is_given()
    {
        Assert.Equal(0, _build.Run());

        Assert.Equal(["Root", "Default"], _build.Notes);
    }

    [Theory]
    [InlineData("-t", "left")]
    [InlineData("--Target", "LEFT")]
    public void Ignore_case_and_have_short_forms(params string[] args)
    {
        Assert.Equal(0, _build.Run(args));

        Assert.Equal(["Root", "Left"], _build.Notes);
    }

    [Theory]
    [InlineData("--exclusive")]
    [InlineData("-e")]
    public void Run_alone_when_exclusive(string option)
    {
        Assert.Equal(0, _build.Run("--target=Report", option));

        Assert.Equal(["Report"], _build.Notes);
    }

    [Fact]
    public void Fail_with_255_when_unknown_and_nothing_runs()
    {
        Assert.Equal(255, _build.Run("--target=Rapport"));

        Assert.Empty(_build.Notes);
        Assert.Equal("Error: The target 'Rapport' was not found.\n", _build.Console.Error.ToString());
    }

    private sealed class Root : NotedTask;

    [IsDependentOn(typeof(Root))]
    private sealed class Left : NotedTask;

    [IsDependentOn(typeof(Root))]
    private sealed class Right : NotedTask;

    [IsDependentOn(typeof(Left))]
    [IsDependentOn(typeof(Right))]
    private sealed class Report : NotedTask;

    [IsDependentOn(typeof(Root))]
    private sealed class Default : NotedTask;
}
