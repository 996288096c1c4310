using Xunit;

namespace CircuitPipeline.Tests.BuildHost.Bridge;

/// <summary>The command line as the bridge reads it.</summary>
public sealed class CommandLines
{
    [Fact]
    public void The_tool_its_script_and_its_own_options_are_not_forwarded() =>
        Assert.Equal(
            ["--target=A.cake", "--jobs", "3"],
            CommandLine.Forwarded(["/x/Cake.dll", "build.cake", "--target=A.cake", "--skip-bootstrap", "--jobs", "3"])
        );

    [Theory]
    [InlineData("nuget-cpu", "--torch=nuget-cpu")]
    [InlineData("system", "--torch", "system")]
    [InlineData(null, "--target=Test")]
    public void The_supply_is_read_in_both_spellings(string? expected, params string[] arguments) =>
        Assert.Equal(expected, CommandLine.Torch(arguments));

    [Theory]
    [InlineData("--torch=")]
    [InlineData("--torch")]
    public void A_supply_without_value_is_wrong_input(string argument) =>
        Assert.Equal(2, Assert.Throws<BridgeException>(() => CommandLine.Torch([argument])).ExitCode);
}
