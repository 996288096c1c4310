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
}
