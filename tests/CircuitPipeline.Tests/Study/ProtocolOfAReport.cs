using CircuitPipeline.Reporting.Results;
using CircuitPipeline.Study.Report;
using CircuitPipeline.Study.Spec;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

/// <summary>What a report says of its protocol is what the experiment says.</summary>
public sealed class ProtocolOfAReport
{
    [Fact]
    public void Has_no_trap_open_by_default()
    {
        ProtocolSummary protocol = ProtocolResults.Of(Read(SmallYaml.Text));

        Assert.Equal("corrected", protocol.Name);
        Assert.DoesNotContain(protocol.Traps, trap => trap.IsOpen);
        Assert.Equal(["own", "1", "masked", "pair", "none", "none"], protocol.Traps.Select(trap => trap.Value));
    }

    [Fact]
    public void Has_all_open_that_the_model_allows_where_it_is_the_papers_and_single_ones_where_they_are_named()
    {
        ProtocolSummary paper = ProtocolResults.Of(
            Read("protocol: paper\n" + SmallYaml.Text.Replace("n_ctx: 16", "n_ctx: 32"))
        );
        ProtocolSummary single = ProtocolResults.Of(Read("traps: {critical_rate_factor: 1.5}\n" + SmallYaml.Text));

        Assert.Equal("paper", paper.Name);
        Assert.Equal(["test", "2", "trained", "batch", "none", "discovery"], paper.Traps.Select(trap => trap.Value));
        Assert.Equal("newline", Assert.Single(paper.Traps, trap => !trap.IsOpen).Key); // our own words have none
        Assert.Equal(
            ("critical_rate_factor", "1.5"),
            (Assert.Single(single.Traps, trap => trap.IsOpen).Key, single.Traps[1].Value)
        );
    }

    private static ExperimentSpec Read(string text) => SpecReader.ReadText(text, "experiments/small.yaml");
}
