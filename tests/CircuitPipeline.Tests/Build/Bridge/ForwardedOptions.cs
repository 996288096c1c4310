using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.BuildHost.Bridge;

/// <summary>Really through <c>dotnet cake</c>: what the host gets, and what the shell gets back.</summary>
[Collection(BridgeCollection.Name)]
public sealed class ForwardedOptions(BridgeFolder folder)
{
    [Fact]
    public void All_options_of_a_run_reach_the_host_in_order()
    {
        string[] options =
        [
            "--target=GenerateData",
            "--target=Pretrain",
            "--exclusive",
            "--verbosity=diagnostic",
            "--experiment=a b.yaml",
            "--device=cuda",
            "--jobs=3",
            "--update-lock",
        ];

        BridgeRun run = folder.Start(options);

        Assert.Equal(options.Select(option => $"<{option}>"), run.Lines.Where(line => line.StartsWith('<')));
        Assert.Equal(0, run.ExitCode);
    }

    [Slow]
    [Theory]
    [InlineData("--tree")]
    [InlineData("--dryrun")]
    [InlineData("--description")]
    public void A_mode_of_Cake_reaches_the_host(string mode)
    {
        BridgeRun run = folder.Start("--target=Report", mode);

        Assert.Equal(["<--target=Report>", $"<{mode}>"], run.Lines);
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_exit_code_is_the_hosts_and_nothing_is_printed_after_it(int code)
    {
        BridgeRun run = folder.Start($"--exit={code}");

        Assert.Equal(code, run.ExitCode);
        Assert.Equal([$"<--exit={code}>"], run.Lines);
        Assert.Equal("", run.Error);
    }
}
