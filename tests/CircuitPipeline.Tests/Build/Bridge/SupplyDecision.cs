using Xunit;

namespace CircuitPipeline.Tests.BuildHost.Bridge;

/// <summary>What is chosen, why, and what is asked to choose it.</summary>
public sealed class SupplyDecision
{
    private static readonly FeedAnswer Lacking = new(false, false, "the feed has no such package");
    private readonly List<string> _asked = [];

    [Fact]
    public void A_feed_without_the_packages_gives_the_stand_ins()
    {
        SupplyChoice choice = Make(null, null, _ => Lacking);

        Assert.Equal(new Supply("system", "stand-in", "stand-in"), choice.Supply);
        Assert.True(choice.IsFinal);
        Assert.Equal(
            [
                "Cake.Frosting: the stand-in in compat/, because the feed has no such package.",
                "Verify.Xunit: the stand-in in compat/, because the feed has no such package.",
                "TorchSharp: the stand-in in compat/ over this machine's libtorch, because the feed has no such package.",
            ],
            choice.Reasons
        );
    }

    [Fact]
    public void The_large_package_is_asked_for_only_after_the_small_one()
    {
        Make(null, null, _ => Lacking);

        Assert.Equal(["Cake.Frosting", "TorchSharp", "Verify.Xunit"], _asked.Order());
    }

    [Fact]
    public void A_feed_with_the_packages_gives_the_originals()
    {
        SupplyChoice choice = Make(null, null, _ => FeedAnswer.Has());

        Assert.Equal(new Supply("nuget-cpu", "nuget", "nuget"), choice.Supply);
        Assert.Equal(["Cake.Frosting", "TorchSharp", "TorchSharp-cpu", "Verify.Xunit"], _asked.Order());
    }

    [Theory]
    [InlineData("Cake.Frosting", "nuget", "stand-in")]
    [InlineData("Verify.Xunit", "stand-in", "nuget")]
    public void Each_package_is_decided_for_itself(string had, string frosting, string verify)
    {
        SupplyChoice choice = Make(null, null, package => package == had ? FeedAnswer.Has() : Lacking);

        Assert.Equal(new Supply("system", frosting, verify), choice.Supply);
    }

    [Fact]
    public void A_package_that_was_never_asked_for_is_asked_for_and_the_others_stay()
    {
        SupplyChoice choice = Make(new Supply("nuget-cuda", "nuget", ""), null, _ => Lacking);

        Assert.Equal(new Supply("nuget-cuda", "nuget", "stand-in"), choice.Supply);
        Assert.True(choice.IsFinal);
        Assert.Equal(["Verify.Xunit"], _asked);
        Assert.Equal(["Verify.Xunit: the stand-in in compat/, because the feed has no such package."], choice.Reasons);
    }

    [Fact]
    public void An_unreachable_feed_is_not_remembered()
    {
        SupplyChoice choice = Make(null, null, _ => FeedAnswer.Unreachable("NU1301"));

        Assert.Equal(new Supply("system", "stand-in", "stand-in"), choice.Supply);
        Assert.False(choice.IsFinal);
        Assert.EndsWith("the package feed cannot be reached (NU1301); it is asked again next time.", choice.Reasons[0]);
    }

    [Fact]
    public void A_requested_system_supply_asks_only_for_what_is_not_remembered()
    {
        SupplyChoice choice = Make(new Supply("nuget-cpu", "stand-in", "stand-in"), "system", _ => Lacking);

        Assert.Equal(new Supply("system", "stand-in", "stand-in"), choice.Supply);
        Assert.Empty(_asked);
        Assert.Equal(["TorchSharp: system, because --torch=system."], choice.Reasons);
    }

    [Theory]
    [InlineData("nuget-cpu", "TorchSharp-cpu")]
    [InlineData("nuget-cuda", "TorchSharp-cuda-linux")]
    public void A_requested_package_is_used_when_the_feed_has_it(string torch, string package)
    {
        SupplyChoice choice = Make(new Supply("system", "stand-in", "stand-in"), torch, _ => FeedAnswer.Has());

        Assert.Equal(new Supply(torch, "stand-in", "stand-in"), choice.Supply);
        Assert.Equal(["TorchSharp", package], _asked);
    }

    [Fact]
    public void A_requested_package_that_the_feed_lacks_is_an_error_with_a_next_step()
    {
        BridgeException error = Assert.Throws<BridgeException>(() => Make(null, "nuget-cpu", _ => Lacking));

        Assert.Equal(1, error.ExitCode);
        Assert.Equal(
            "'--torch=nuget-cpu' cannot be had, because the feed has no such package; use '--torch=system' instead.",
            error.Message
        );
    }

    private SupplyChoice Make(Supply? remembered, string? torch, Func<string, FeedAnswer> feed) =>
        SupplyChoice.Make(
            remembered,
            torch,
            package =>
            {
                lock (_asked)
                {
                    _asked.Add(package);
                }

                return feed(package);
            }
        );
}
