using CircuitPipeline.BuildHost;
using Xunit;

namespace CircuitPipeline.Tests.BuildHost;

/// <summary>What only lists tasks is told from what runs them.</summary>
public sealed class DryRuns
{
    [Theory]
    [InlineData("--dryrun", true)]
    [InlineData("--noop", true)]
    [InlineData("--whatif", true)]
    [InlineData("--tree", false)]
    [InlineData("--target=Pretrain", false)]
    public void Are_asked_for_by_any_of_cakes_words(string option, bool isAsked) =>
        Assert.Equal(isAsked, DryRun.Of(["--experiment=tiny", option]).IsAsked);
}
