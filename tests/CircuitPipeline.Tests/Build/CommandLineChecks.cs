using CircuitPipeline.BuildHost;
using Xunit;

namespace CircuitPipeline.Tests.BuildHost;

/// <summary>Wrong input is told in one sentence before anything runs.</summary>
public sealed class CommandLineChecks
{
    [Theory]
    [InlineData("--targt=Report", "Unknown option '--targt'. Did you mean '--target'?")]
    [InlineData("--experimnt=tiny", "Unknown option '--experimnt'. Did you mean '--experiment'?")]
    [InlineData("--target=Reprot", "Unknown target 'Reprot'. Did you mean 'Report'?")]
    [InlineData("--device=gpu", "The option '--device' is 'gpu', but must be 'cpu' or 'cuda'.")]
    [InlineData("--numerics=slow", "The option '--numerics' is 'slow'. Allowed: fast, reproducible.")]
    [InlineData("--jobs=two", "The option '--jobs' is 'two', but must be a whole number.")]
    [InlineData("--device", "The option '--device' needs a value, as in '--device=…'.")]
    [InlineData(
        "Report",
        "Unexpected argument 'Report': a task is named with '--target=Report', and every option begins with '--'."
    )]
    public void A_wrong_argument_is_named_with_what_is_allowed(string argument, string problem) =>
        Assert.Equal(problem, Check(argument));

    [Fact]
    public void A_name_without_a_near_one_lists_what_is_allowed() =>
        Assert.EndsWith(
            "Allowed: Pretrain, Report.",
            CommandLineCheck.Problem(["--target=xxxxxxxx"], ["Pretrain", "Report"])
        );

    [Fact]
    public void Every_option_is_understood_in_both_spellings() =>
        Assert.Null(
            Check(
                "--target=report",
                "--target",
                "Pretrain",
                "-v",
                "quiet",
                "--exclusive",
                "--experiment=studies/my.yaml",
                "--device=cpu",
                "--jobs",
                "2",
                "--update-lock",
                "--tree"
            )
        );

    private static string? Check(params string[] args) =>
        CommandLineCheck.Problem(args, TaskNames.Of(typeof(BuildContext).Assembly));
}
