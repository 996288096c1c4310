using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Packages;

/// <summary>The tool's package, installed as a user installs it.</summary>
[Collection(PackagesCollection.Name)]
public sealed class ToolPackage(PackedPackages packages)
{
    [Fact]
    public void Installs_and_runs()
    {
        string folder = Path.Combine(packages.Root, "installed");
        Run(
            "dotnet",
            "tool",
            "install",
            "CircuitPipeline.Tool",
            "--version",
            PackedPackages.Version,
            "--tool-path",
            folder,
            "--configfile",
            packages.ConfigFile
        );

        string circuit = Path.Combine(folder, "dotnet-circuit");
        Assert.Contains("explain", Run(circuit, "--help"));
        Assert.Contains(
            "GenerateData/corpus: will run, because nothing is stored for it yet",
            Run(
                circuit,
                "explain",
                "--root",
                packages.Root,
                "--experiment",
                Path.Combine(RepositoryRoot.Path, "experiments", "tiny.yaml"),
                "--target",
                "GenerateData"
            )
        );
    }

    private string Run(string program, params string[] arguments)
    {
        Ended run = packages.Start(packages.Root, program, arguments).End();
        Assert.True(run.ExitCode == 0, run.Output);
        return run.Output;
    }
}
