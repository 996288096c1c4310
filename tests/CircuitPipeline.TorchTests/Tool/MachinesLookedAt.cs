using System.Text.Json;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.TorchTests.ToolFront;

public sealed class MachinesLookedAt
{
    [Fact]
    public void Can_add_tensors_where_these_tests_run()
    {
        ToolRun run = ToolRun.In(AppContext.BaseDirectory, "doctor", "--json");

        Assert.True(run.ExitCode == 0, run.Output);
        JsonElement tensors = run
            .Json.GetProperty("findings")
            .EnumerateArray()
            .Single(finding => finding.GetProperty("name").GetString() == "tensors");
        Assert.Equal("1 and 2 are added to 3", tensors.GetProperty("found").GetString());
    }
}
