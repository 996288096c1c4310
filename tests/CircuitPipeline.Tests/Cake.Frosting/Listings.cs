using Cake.Frosting;
using CircuitPipeline.Tests.Frosting.Support;
using Xunit;

namespace CircuitPipeline.Tests.Frosting;

public sealed class Listings
{
    private readonly NotedBuild _build = new(typeof(Bake), typeof(Mix), typeof(Default));

    [Theory]
    [InlineData("--tree")]
    [InlineData("--showtree")]
    public void Show_the_tree_with_Default_first(string option)
    {
        Assert.Equal(0, _build.Run(option));

        Assert.Empty(_build.Notes);
        Assert.Equal(["Default", "└─Bake", "   └─mix-It"], Lines(_build.Printed));
    }

    [Theory]
    [InlineData("--dryrun")]
    [InlineData("--noop")]
    [InlineData("--whatif")]
    public void Of_a_dry_run_name_the_tasks_in_order_and_run_none(string option)
    {
        Assert.Equal(0, _build.Run("--target=Default", option));

        Assert.Empty(_build.Notes);
        Assert.Equal(
            ["1. mix-It", "2. Bake", "3. Default"],
            Lines(_build.Printed).Where(line => char.IsAsciiDigit(line[0]))
        );
        Assert.Contains("This was a dry run.", _build.Printed);
    }

    [Theory]
    [InlineData("--description")]
    [InlineData("--showdescriptions")]
    public void Describe_every_task(string option)
    {
        Assert.Equal(0, _build.Run(option));

        Assert.Empty(_build.Notes);
        Assert.Matches(@"Task\s+Description", _build.Printed);
        Assert.Matches(@"mix-It\s+Stirs flour and water\.", _build.Printed);
        Assert.Matches(@"Bake\s+Needs an hour\.", _build.Printed);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--info")]
    public void Of_the_version_run_nothing(string option)
    {
        Assert.Equal(0, _build.Run(option));

        Assert.Empty(_build.Notes);
        Assert.NotEmpty(Lines(_build.Printed));
    }

    [Fact]
    public void Of_the_options_run_nothing()
    {
        Assert.Equal(0, _build.Run("--help"));

        Assert.Empty(_build.Notes);
    }

    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.TrimEnd())
            .Where(line => line.Length > 0)
            .ToArray();

    [TaskName("mix-It")]
    [TaskDescription("Stirs flour and water.")]
    private sealed class Mix : NotedTask;

    [TaskDescription("Needs an hour.")]
    [IsDependentOn(typeof(Mix))]
    private sealed class Bake : NotedTask;

    [IsDependentOn(typeof(Bake))]
    private sealed class Default : FrostingTask<NotedContext>;
}
