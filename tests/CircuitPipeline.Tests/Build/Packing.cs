using Cake.Core;
using CircuitPipeline.BuildHost;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.BuildHost;

/// <summary>What is packed on which supply.</summary>
public sealed class Packing
{
    private static readonly string[] Fronts = ["src/Tool/Tool.csproj", "src/MSBuild/MSBuild.csproj"];
    private static readonly string[] Libraries = ["src/Circuits/Circuits.csproj", "src/Store/Store.csproj"];
    private readonly FakeMachine _machine = new();
    private readonly List<string> _said = [];

    [Fact]
    public void Beside_a_stand_in_only_the_fronts_become_packages()
    {
        Run("system");

        Assert.Equal([Command(Fronts[0]), Command(Fronts[1])], _machine.Ran);
        Assert.Equal(
            [
                "Packed into 'packages': Tool, MSBuild.",
                "Not packed: Circuits, Store, because TorchSharp is a stand-in here and a library's package must depend on the original.",
            ],
            _said
        );
    }

    [Theory]
    [InlineData("nuget-cpu")]
    [InlineData("nuget-cuda")]
    public void Against_the_originals_the_libraries_are_packed_too(string supply)
    {
        Run(supply);

        Assert.Equal([.. Fronts.Concat(Libraries).Select(Command)], _machine.Ran);
        Assert.Equal(["Packed into 'packages': Tool, MSBuild, Circuits, Store."], _said);
    }

    [Fact]
    public void A_project_that_cannot_be_packed_ends_the_task()
    {
        _machine.OnRun = (_, arguments) => arguments.Contains(Fronts[1]) ? 1 : 0;

        var failure = Assert.Throws<CakeException>(() => Run("system"));

        Assert.Equal("'MSBuild' cannot be packed; the messages are above.", failure.Message);
        Assert.Empty(_said);
    }

    [Fact]
    public void Every_project_of_the_house_is_a_front_or_a_library()
    {
        var paths = new Paths(RepositoryRoot.Path);

        Assert.Equal(["CircuitPipeline.MSBuild", "CircuitPipeline.Tool"], paths.Fronts.Select(Paths.NameOf));
        Assert.Equal(
            Directory.GetDirectories(Path.Combine(RepositoryRoot.Path, "src")).Length,
            paths.Fronts.Length + paths.Libraries.Length
        );
    }

    private static string Command(string project) =>
        $"dotnet pack {project} --no-build --configuration Release --output packages --verbosity quiet --nologo -p:IsPackable=true";

    private void Run(string supply) =>
        new PackRun(_machine, "packages", _said.Add).Run(PackPlan.For(supply, Fronts, Libraries));
}
