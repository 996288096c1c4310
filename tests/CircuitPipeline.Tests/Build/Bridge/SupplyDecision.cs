using Xunit;

namespace CircuitPipeline.Tests.BuildHost.Bridge;

/// <summary>What is chosen, why, and what is asked to choose it.</summary>
public sealed class SupplyDecision
{
    private static readonly FeedAnswer Lacking = new(false, false, "the feed has no such package");
    private readonly List<string[]> _asked = [];

    [Fact]
    public void A_feed_without_the_packages_gives_the_stand_ins()
    {
        SupplyChoice choice = Make(null, _ => Lacking);

        Assert.Equal(new Supply("stand-in", "stand-in"), choice.Supply);
        Assert.True(choice.IsFinal);
        Assert.Equal(
            [
                "Cake.Frosting: the stand-in in compat/, because the feed has no such package.",
                "Verify.Xunit: the stand-in in compat/, because the feed has no such package.",
            ],
            choice.Reasons
        );
    }

    [Fact]
    public void A_feed_with_the_packages_gives_the_originals()
    {
        SupplyChoice choice = Make(null, _ => FeedAnswer.Has());

        Assert.Equal(new Supply("nuget", "nuget"), choice.Supply);
        Assert.Equal("Cake.Frosting: the original package, because the feed has it.", choice.Reasons[0]);
    }

    [Fact]
    public void The_feed_is_asked_once()
    {
        Make(null, _ => Lacking);

        Assert.Equal(["Cake.Frosting", "Verify.Xunit"], Assert.Single(_asked));
    }

    [Theory]
    [InlineData("Cake.Frosting", "nuget", "stand-in")]
    [InlineData("Verify.Xunit", "stand-in", "nuget")]
    public void Each_package_is_decided_for_itself(string had, string frosting, string verify)
    {
        SupplyChoice choice = Make(null, package => package == had ? FeedAnswer.Has() : Lacking);

        Assert.Equal(new Supply(frosting, verify), choice.Supply);
    }

    [Fact]
    public void A_package_that_was_never_asked_for_is_asked_for_and_the_other_stays()
    {
        SupplyChoice choice = Make(new Supply("nuget", ""), _ => Lacking);

        Assert.Equal(new Supply("nuget", "stand-in"), choice.Supply);
        Assert.True(choice.IsFinal);
        Assert.Equal(["Verify.Xunit"], Assert.Single(_asked));
        Assert.Equal(["Verify.Xunit: the stand-in in compat/, because the feed has no such package."], choice.Reasons);
    }

    [Fact]
    public void An_unreachable_feed_is_not_remembered()
    {
        SupplyChoice choice = Make(null, _ => FeedAnswer.Unreachable("NU1301"));

        Assert.Equal(new Supply("stand-in", "stand-in"), choice.Supply);
        Assert.False(choice.IsFinal);
        Assert.EndsWith("the package feed cannot be reached (NU1301); it is asked again next time.", choice.Reasons[0]);
    }

    private SupplyChoice Make(Supply? remembered, Func<string, FeedAnswer> feed) =>
        SupplyChoice.Make(
            remembered,
            packages =>
            {
                _asked.Add(packages);
                return [.. packages.Select(feed)];
            }
        );
}
