using Cake.Core;
using CircuitPipeline.BuildHost;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.BuildHost;

/// <summary>What is packed on which supply.</summary>
public sealed class Packing
{
    private static readonly string[] Fronts = ["src/Tool/Tool.csproj", "src/MSBuild/MSBuild.csproj"];
    private static readonly string[] Libraries = ["src/Circuits/Circuits.csproj", "src/CircuitPipeline.Verify.csproj"];
    private readonly FakeMachine _machine = new();
    private readonly List<string> _said = [];

    [Fact]
    public void Beside_a_stand_in_of_the_engine_only_the_fronts_become_packages()
    {
        Run("TorchSharp", "Verify.Xunit");

        Assert.Equal([Command(Fronts[0]), Command(Fronts[1])], _machine.Ran);
        Assert.Equal(
            [
                "Packed into 'packages': Tool, MSBuild.",
                "Not packed: Circuits, CircuitPipeline.Verify, because TorchSharp is a stand-in here and a library's package must depend on the original.",
            ],
            _said
        );
    }

    [Fact]
    public void A_stand_in_that_one_library_needs_leaves_out_that_one()
    {
        Run("Verify.Xunit");

        Assert.Equal(["Packed into 'packages': Tool, MSBuild, Circuits.", LeftOut("Verify.Xunit")], _said);
    }

    [Fact]
    public void Against_the_originals_everything_is_packed()
    {
        Run();

        Assert.Equal([.. Fronts.Concat(Libraries).Select(Command)], _machine.Ran);
        Assert.Equal(["Packed into 'packages': Tool, MSBuild, Circuits, CircuitPipeline.Verify."], _said);
    }

    [Fact]
    public void A_project_that_cannot_be_packed_ends_the_task()
    {
        _machine.OnRun = (_, arguments) => arguments.Contains(Fronts[1]) ? 1 : 0;

        var failure = Assert.Throws<CakeException>(() => Run("TorchSharp"));

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

    private static string LeftOut(string standIn) =>
        $"Not packed: CircuitPipeline.Verify, because {standIn} is a stand-in here and a library's package must depend on the original.";

    private void Run(params string[] standIns) =>
        new PackRun(_machine, "packages", _said.Add).Run(PackPlan.For(standIns, Fronts, Libraries));
}
