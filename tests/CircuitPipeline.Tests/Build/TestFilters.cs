using CircuitPipeline.BuildHost;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.BuildHost;

/// <summary>Which tests the tasks run.</summary>
public sealed class TestFilters
{
    [Theory]
    [InlineData(false, null, "Category!=slow")]
    [InlineData(false, "Circuits", "Category!=slow&(Circuits)")]
    [InlineData(false, "Name~A|Name~B", "Category!=slow&(Name~A|Name~B)")]
    [InlineData(true, null, null)]
    [InlineData(true, "Name~A|Name~B", "Name~A|Name~B")]
    public void The_slow_ones_are_left_out_whatever_else_is_asked_for(
        bool includesSlow,
        string? asked,
        string? filter
    ) => Assert.Equal(filter, TestFilter.For(includesSlow, asked));

    [Fact]
    public void The_filter_is_on_the_trait_of_the_attribute() =>
        Assert.Equal($"{SlowDiscoverer.Name}!={SlowDiscoverer.Value}", TestFilter.Fast);

    [Theory]
    [InlineData(null)]
    [InlineData("Category!=slow")]
    public void The_runner_gets_it_as_it_is(string? filter)
    {
        var machine = new FakeMachine();
        string results = Directory.CreateTempSubdirectory("filter-").FullName;

        new TestRun(machine, results, _ => { }).Run(["tests/A.Tests/A.Tests.csproj"], filter);

        Assert.Equal(filter is null ? "minimal" : $"minimal --filter {filter}", machine.Ran[0].Split("verbosity=")[1]);
        Directory.Delete(results, recursive: true);
    }
}
