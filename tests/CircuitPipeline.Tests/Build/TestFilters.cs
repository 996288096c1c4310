using CircuitPipeline.BuildHost;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.BuildHost;

/// <summary>Which tests the tasks run.</summary>
public sealed class TestFilters
{
    [Theory]
    [InlineData(TestFilter.Fast, null, "Category!=gpu&Category!=slow")]
    [InlineData(TestFilter.Fast, "Circuits", "Category!=gpu&Category!=slow&(Circuits)")]
    [InlineData(TestFilter.Fast, "Name~A|Name~B", "Category!=gpu&Category!=slow&(Name~A|Name~B)")]
    [InlineData(TestFilter.Everywhere, null, "Category!=gpu")]
    [InlineData(TestFilter.Gpu, "Name~A|Name~B", "Category=gpu&(Name~A|Name~B)")]
    public void A_category_stays_whatever_else_is_asked_for(string category, string? asked, string filter) =>
        Assert.Equal(filter, TestFilter.For(category, asked));

    [Fact]
    public void The_filters_are_on_the_traits_of_the_attributes()
    {
        Assert.Equal($"{GpuDiscoverer.Name}={GpuDiscoverer.Value}", TestFilter.Gpu);
        Assert.Equal($"{GpuDiscoverer.Name}!={GpuDiscoverer.Value}", TestFilter.Everywhere);
        Assert.Equal($"{TestFilter.Everywhere}&{SlowDiscoverer.Name}!={SlowDiscoverer.Value}", TestFilter.Fast);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Category!=slow")]
    public void The_runner_gets_it_as_it_is(string? filter)
    {
        FakeMachine machine = new();
        string results = Directory.CreateTempSubdirectory("filter-").FullName;

        new TestRun(machine, results, _ => { }).Run(["tests/A.Tests/A.Tests.csproj"], filter);

        Assert.Equal(filter is null ? "minimal" : $"minimal --filter {filter}", machine.Ran[0].Split("verbosity=")[1]);
        Directory.Delete(results, recursive: true);
    }
}
