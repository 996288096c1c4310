using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Packages;

/// <summary>What a user has from the packages alone, on an empty folder of packages.</summary>
public abstract class PackagesAlone(PackageUser user)
{
    [Fact]
    public void The_doctor_brings_the_engine_once()
    {
        Assert.Contains($"into '{user.Cache}'.", user.Engine.Output);
        Assert.Contains("ok   tensors: 1 and 2 are added to 3", user.Engine.Output);

        string again = user.Run(user.Tool, "doctor", "--install-engine").Output;

        Assert.Contains("The engine's packages are all there; nothing is brought.", again);
        Assert.DoesNotContain("Downloading", again);
    }

    [Fact]
    public void The_examples_of_the_readmes_run_in_a_program_that_refers_to_the_libraries()
    {
        Assert.Contains($" from {user.Cache}{Path.DirectorySeparatorChar}", user.Library.Output);
        Assert.Contains("faithfulness is finite: True", user.Library.Output);
        Assert.Contains("plan is within the budget: True", user.Library.Output);
        Assert.True(File.Exists(user.PathOf("adapter_config.json")));
        Assert.Contains("equal scores: 1", user.Library.Output);
        Assert.Matches(@"minimum: min (\d) (\d) = (\1|\2)", user.Library.Output);
        Assert.Contains("shifts: True", user.Library.Output);
    }

    [Fact]
    public void The_tool_attributes_with_a_model_that_the_libraries_saved()
    {
        _ = user.Library;

        user.Run(
            user.Tool,
            "attribute --model model --pairs pairs.jsonl --method eap-ig-inputs --out scores.json".Split(' ')
        );

        Assert.Contains("\"m1->logits\"", File.ReadAllText(user.PathOf("scores.json")));
    }

    [Fact]
    public void A_project_with_the_MSBuild_package_builds_the_report()
    {
        _ = user.Engine;
        Directory.CreateDirectory(user.PathOf("study/experiments"));
        File.WriteAllText(user.PathOf("study/experiments/small.yaml"), SmallSpec.Yaml());
        File.WriteAllText(
            user.PathOf("study/study.csproj"),
            FreshProject.Xml("""<Experiment Include="experiments/small.yaml" />""")
        );

        user.Run("dotnet", "build", "study", "-t:Report");

        Assert.Contains("<html", File.ReadAllText(user.PathOf("study/artifacts/small/report.html")));
    }
}

/// <summary>With the machine's feeds: downloads the engine, 128 MB.</summary>
[Slow]
[Collection(PackagesCollection.Name)]
public sealed class PackagesWithFeeds(UserWithFeeds user) : PackagesAlone(user), IClassFixture<UserWithFeeds>
{
    private readonly UserWithFeeds _user = user;

    [Fact]
    public void A_published_program_runs_elsewhere_with_a_libtorch_that_is_named()
    {
        _ = _user.Library;
        _user.Run("dotnet", "publish", "program", "--output", "published");
        string libTorch = Directory
            .GetDirectories(_user.Cache, "libtorch-cpu-*")
            .SelectMany(folder => Directory.GetDirectories(folder, "native", SearchOption.AllDirectories))
            .Single();

        Ended run = _user
            .Start(
                new() { ["NUGET_PACKAGES"] = _user.PathOf("nothing"), ["LIBTORCH"] = libTorch },
                "dotnet",
                "published/program.dll"
            )
            .End();

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.False(File.Exists(_user.PathOf("published/package-folders.txt")));
    }
}
