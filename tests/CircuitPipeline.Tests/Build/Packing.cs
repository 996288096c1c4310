using Cake.Core;
using CircuitPipeline.BuildHost;
using CircuitPipeline.Testing;
using CircuitPipeline.Tests.PipelineStore;
using Xunit;

namespace CircuitPipeline.Tests.BuildHost;

/// <summary>What is packed on which supply.</summary>
public sealed class Packing
{
    private static readonly string[] Projects = ["src/Tool/Tool.csproj", "src/CircuitPipeline.Verify.csproj"];
    private readonly FakeMachine _machine = new();
    private readonly List<string> _said = [];

    [Fact]
    public void The_library_that_needs_a_stand_in_is_left_out()
    {
        Run(hasVerify: false);

        Assert.Equal([Command(Projects[0])], _machine.Ran);
        Assert.Equal(
            [
                "Packed into 'packages': Tool.",
                "Not packed: CircuitPipeline.Verify, because Verify.Xunit is a stand-in here and a library's package must depend on the original.",
            ],
            _said
        );
    }

    [Fact]
    public void Against_the_originals_everything_is_packed()
    {
        Run(hasVerify: true);

        Assert.Equal([.. Projects.Select(Command)], _machine.Ran);
        Assert.Equal(["Packed into 'packages': Tool, CircuitPipeline.Verify."], _said);
    }

    [Fact]
    public void A_project_that_cannot_be_packed_ends_the_task()
    {
        _machine.OnRun = (_, arguments) => arguments.Contains(Projects[0]) ? 1 : 0;

        CakeException failure = Assert.Throws<CakeException>(() => Run(hasVerify: false));

        Assert.Equal("'Tool' cannot be packed; the messages are above.", failure.Message);
        Assert.Empty(_said);
    }

    [Fact]
    public void Packages_of_an_earlier_version_leave()
    {
        using TemporaryStore store = new();
        foreach (string name in (string[])["Tool.0.0.9.nupkg", "Tool.0.0.9.snupkg", "notes.txt"])
        {
            File.WriteAllText(Path.Combine(store.Folder, name), "");
        }

        new PackRun(_machine, store.Folder, _said.Add).Run(PackPlan.For(Projects, hasVerify: false));

        Assert.Equal(["notes.txt"], Directory.GetFiles(store.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Every_project_of_the_house_is_a_front_or_a_library()
    {
        Paths paths = new(RepositoryRoot.Path);

        Assert.Equal(["CircuitPipeline.MSBuild", "CircuitPipeline.Tool"], paths.Fronts.Select(Paths.NameOf));
        Assert.Equal(
            Directory.GetDirectories(Path.Combine(RepositoryRoot.Path, "src")).Length,
            paths.Fronts.Length + paths.Libraries.Length
        );
    }

    private static string Command(string project) =>
        $"dotnet pack {project} --no-build --configuration Release --output packages --verbosity quiet --nologo";

    private void Run(bool hasVerify) =>
        new PackRun(_machine, "packages", _said.Add).Run(PackPlan.For(Projects, hasVerify));
}
