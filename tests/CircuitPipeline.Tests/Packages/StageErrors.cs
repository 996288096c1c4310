using CircuitPipeline.Study;
using Xunit;

namespace CircuitPipeline.Tests.Packages;

/// <summary>What goes wrong in the tool is an error of the build, at its place where it has one.</summary>
[Collection(PackagesCollection.Name)]
public sealed class StageErrors(PackedPackages packages) : IDisposable
{
    private readonly FreshProject _project = packages.NewRestoredProject();

    [Fact]
    public void A_wrong_key_is_an_error_with_its_place_and_code()
    {
        int line = Misspell(_project);

        string error = Assert.Single(Errors(_project.Build("-t:GenerateData")), error => error.Contains("CP0007"));

        Assert.StartsWith($"experiments/tiny.yaml({line},3): error CP0007: unknown key 'quadratur'", error);
    }

    [Fact]
    public void The_place_is_right_for_a_project_in_another_folder_than_the_study()
    {
        using FreshProject fresh = packages.NewProject();
        int line = Misspell(fresh);
        fresh.Write("""<Experiment Include="../experiments/tiny.yaml" Root=".." />""");
        Directory.CreateDirectory(fresh.PathOf("build"));
        File.Move(fresh.PathOf("study.csproj"), fresh.PathOf("build/study.csproj"));

        Ended build = fresh.Build("build/study.csproj", "-t:GenerateData");

        string error = Assert.Single(Errors(build), error => error.Contains("CP0007"));
        Assert.StartsWith($"{fresh.Yaml}({line},3): error CP0007:", error);
    }

    [Fact]
    public void A_missing_file_is_one_error()
    {
        File.Delete(_project.Yaml);

        string error = Assert.Single(Errors(_project.Build("-t:Report")));

        Assert.StartsWith("experiments/tiny.yaml : error : The experiment file", error);
    }

    [Fact]
    public void A_tool_that_breaks_is_one_error()
    {
        string error = Assert.Single(Errors(_project.Build("-t:Report", "-p:CircuitTool=nowhere.dll")));

        Assert.StartsWith("experiments/tiny.yaml : error : The stage 'Report' ended with exit code ", error);
    }

    [Fact]
    public void No_experiment_is_an_error_that_says_what_to_add()
    {
        _project.Write("");

        string error = Assert.Single(Errors(_project.Build("-t:Report")));

        Assert.Contains("add an item, as in <Experiment Include=\"experiments/tiny.yaml\" />.", error);
    }

    [Fact]
    public void An_experiment_named_twice_is_an_error()
    {
        _project.Write("""<Experiment Include="experiments/tiny.yaml;experiments/../experiments/tiny.yaml" />""");

        string error = Assert.Single(Errors(_project.Build("-t:Report")));

        Assert.Contains($"The experiment '{_project.Yaml}' is named 2 times", error);
    }

    [Fact]
    public void An_unknown_stage_is_MSBuilds_own_error() =>
        Assert.Contains("error MSB4057", Assert.Single(Errors(_project.Build("-t:Reprot"))));

    [Fact]
    public void Every_stage_is_known()
    {
        _project.Write(""); // so that none of them runs

        Ended build = _project.Build([.. StudyStages.Graph.Stages.Select(stage => $"-t:{stage.Name}")]);

        Assert.Contains("names no experiment", Assert.Single(Errors(build)));
    }

    public void Dispose() => _project.Dispose();

    // The line of the only key that is misspelt.
    private static int Misspell(FreshProject project)
    {
        string[] lines =
        [
            .. File.ReadLines(project.Yaml).Select(line => line.Replace("  quadrature:", "  quadratur:")),
        ];
        File.WriteAllLines(project.Yaml, lines);
        return Array.FindIndex(lines, line => line.Contains("quadratur:")) + 1;
    }

    /// <summary>The errors of a build that failed, as the summary at its end lists them.</summary>
    private static string[] Errors(Ended build)
    {
        Assert.True(build.ExitCode == 1, build.Output);
        string summary = build.Output[build.Output.IndexOf("Build FAILED.", StringComparison.Ordinal)..];
        return [.. summary.Split('\n').Select(line => line.Trim()).Where(line => line.Contains("error ")).Distinct()];
    }
}
