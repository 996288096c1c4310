using CircuitPipeline.BuildHost;
using CircuitPipeline.Tests.ToolFront;
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
    [InlineData("-t=Reprot", "Unknown target 'Reprot'. Did you mean 'Report'?")]
    [InlineData(
        "-x",
        "Unknown option '-x'. Allowed: -t (--target), -v (--verbosity), -w (--working), -e (--exclusive), -h (--help), and the options that begin with '--'."
    )]
    [InlineData(
        "-target=Report",
        "Unknown option '-target'. Allowed: -t (--target), -v (--verbosity), -w (--working), -e (--exclusive), -h (--help), and the options that begin with '--'."
    )]
    [InlineData("-t", "The option '--target' needs a value, as in '--target=…'.")]
    [InlineData(
        "-v=loud",
        "The option '--verbosity' is 'loud'. Allowed: quiet, minimal, normal, verbose, diagnostic, q, m, n, v, d."
    )]
    [InlineData("--working=nowhere", "The option '--working' is 'nowhere', but there is no such folder.")]
    [InlineData("--jobs=two", "The option '--jobs' is 'two', but must be a whole number.")]
    [InlineData("--device", "The option '--device' needs a value, as in '--device=…'.")]
    [InlineData(
        "Report",
        "Unexpected argument 'Report': a task is named with '--target=Report', and every option begins with '--'."
    )]
    public void A_wrong_argument_is_named_with_what_is_allowed(string argument, string problem) =>
        Assert.Equal(problem, Check(argument));

    [Theory]
    [InlineData("--memory=12 gigabytes", "'--memory' is '12 gigabytes', but an amount of memory is allowed: ")]
    [InlineData("--memory=0", "'--memory' is '0', but an amount of memory is allowed: ")]
    [InlineData("--state-seconds=-1", "'--state-seconds' is '-1', but a whole number from 0 to 86,400 is allowed.")]
    [InlineData("--state-seconds=86401", "'--state-seconds' is '86401', but a whole number from 0 to")]
    public void What_the_tool_has_too_is_refused_in_its_words(string argument, string problem)
    {
        Assert.StartsWith(problem, Check(argument));
        Assert.Equal($"Error: {Check(argument)}\n", InProcess.Run("run", argument).Error);
    }

    [Fact]
    public void The_value_of_a_short_option_is_checked_in_both_spellings()
    {
        Assert.Equal("Unknown target 'Reprot'. Did you mean 'Report'?", Check("-t", "Reprot"));
        Assert.Null(Check("-t", "Report", "-e", "-v=q", "-w", Path.GetTempPath()));
    }

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
                "--memory=1.5GiB",
                "--state-seconds",
                "30",
                "--update-lock",
                "--tree"
            )
        );

    private static string? Check(params string[] args) =>
        CommandLineCheck.Problem(args, TaskNames.Of(typeof(BuildContext).Assembly));
}
