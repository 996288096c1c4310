using System.Text.Json;
using CircuitPipeline.BuildHost;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Packages;

/// <summary>
/// Every folder of samples/ is built and run as it is, in a clone that has the packed packages where 'dotnet cake --target=Pack' puts them, by
/// the commands of its readme.
/// </summary>
[Collection(PackagesCollection.Name)]
public sealed class Samples(PackedPackages packages) : IDisposable
{
    private const string StudySample = "study-as-targets";
    private const string PairsSample = "own-pairs";
    private const string TaskSample = "own-task";
    private const string AttributeSample = "attribute-your-model";
    private const string PlanSample = "plan-from-two-circuits";
    private const string SnapshotSample = "snapshot-tests";

    private static readonly string Source = Path.Combine(RepositoryRoot.Path, "samples");

    private readonly PackageUser _user = packages.User;
    private string? _clone;

    private string Clone => _clone ??= MakeClone();

    [Fact]
    public void There_are_these_and_each_has_a_readme_with_its_command()
    {
        string[] folders = [.. Directory.GetDirectories(Source).Select(Path.GetFileName)!];

        Assert.Equal(
            [AttributeSample, PairsSample, TaskSample, PlanSample, SnapshotSample, StudySample],
            folders.Order(StringComparer.Ordinal)
        );
        Assert.All(folders, folder => Assert.NotEmpty(CommandOf(folder)));
        string overview = File.ReadAllText(Path.Combine(Source, "README.md"));
        Assert.All(folders, folder => Assert.Contains($"]({folder})", overview));
    }

    [Slow]
    [Fact]
    public void A_study_runs_as_a_target_and_a_model_of_it_is_attributed()
    {
        _ = _user.Engine;

        Run(StudySample);

        string page = Path.Combine(Clone, "samples", StudySample, "artifacts/small/report.html");
        Assert.Contains("<html", File.ReadAllText(page));

        Ended attribution = Run(AttributeSample);

        Assert.Matches(@"\d+ of \d+ edges, faithfulness -?\d+\.\d\d: circuit\.json", attribution.Output);
        Assert.True(File.Exists(Path.Combine(Clone, "samples", AttributeSample, "circuit.json")));
    }

    [Fact]
    public void A_study_of_own_pairs_runs_on_what_its_files_hold()
    {
        _ = _user.Engine;

        Ended run = Run(PairsSample);

        string page = File.ReadAllText(Path.Combine(Clone, "samples", PairsSample, "artifacts/own-pairs/report.html"));
        Assert.Contains("pairs/train.csv: 60 of 60 rows", page);
        Assert.DoesNotContain("Warning: ", run.Output);
    }

    [Fact]
    public void A_task_of_ones_own_gives_two_sets_of_pairs()
    {
        Ended run = Run(TaskSample);

        string folder = Path.Combine(Clone, "samples", TaskSample);
        Assert.Contains("20 pairs of ", run.Output);
        Assert.All(
            (string[])["circuit.jsonl", "test.jsonl"],
            file => Assert.Equal(10, File.ReadAllLines(Path.Combine(folder, file)).Length)
        );
    }

    [Fact]
    public void Two_circuits_become_a_plan_without_a_tensor_library()
    {
        Ended run = Run(PlanSample);

        string folder = Path.Combine(Clone, "samples", PlanSample);
        using JsonDocument adapter = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "adapter_config.json")));
        Assert.Equal("LORA", adapter.RootElement.GetProperty("peft_type").GetString());
        Assert.Contains(" parameters, ranks ", run.Output);
        Assert.Empty(Directory.GetFiles(folder, "TorchSharp.dll", SearchOption.AllDirectories));
    }

    [Slow]
    [Fact]
    public void A_test_project_compares_a_circuit_with_the_accepted_one()
    {
        UseStandInWhereItIsUsedHere();

        Ended run = Run(SnapshotSample);

        Assert.Contains("Passed:     2", run.Output);
        Assert.Empty(Directory.GetFiles(Path.Combine(Clone, "samples", SnapshotSample), "*.received.*"));
    }

    public void Dispose()
    {
        if (_clone is not null)
        {
            Directory.Delete(_clone, recursive: true);
        }
    }

    // The first line of the readme that is set as code.
    private static string[] CommandOf(string sample) =>
        File.ReadLines(Path.Combine(Source, sample, "README.md"))
            .First(line => line.StartsWith("    dotnet ", StringComparison.Ordinal))
            .Trim()
            .Split(' ');

    private Ended Run(string sample)
    {
        string[] command = CommandOf(sample);
        Ended run = _user
            .Start(new() { ["PWD"] = Path.Combine(Clone, "samples", sample) }, command[0], command[1..])
            .End();
        Assert.True(run.ExitCode == 0, run.Output);
        return run;
    }

    // The repository's own properties lie above the samples, as in a real clone: they must not reach them.
    private string MakeClone()
    {
        string clone = Directory.CreateDirectory(_user.PathOf($"clone {Guid.NewGuid():N}")).FullName;
        foreach (string file in Directory.GetFiles(RepositoryRoot.Path, "Directory.*"))
        {
            File.Copy(file, Path.Combine(clone, Path.GetFileName(file)));
        }

        Directory.CreateDirectory(Path.Combine(clone, "artifacts"));
        Directory.CreateSymbolicLink(Path.Combine(clone, "artifacts/packages"), packages.Feed);
        foreach (string file in Directory.GetFiles(Source, "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(Source, file);
            if (relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "artifacts"))
            {
                continue;
            }

            string copy = Path.Combine(clone, "samples", relative);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return clone;
    }

    // Where Verify.Xunit is a stand-in, CircuitPipeline.Verify is not packed; the sample then takes both as they are compiled here.
    private void UseStandInWhereItIsUsedHere()
    {
        if (BuildContext.HasVerify)
        {
            return;
        }

        string compiled = AppContext.BaseDirectory;
        File.WriteAllText(
            Path.Combine(Clone, "samples", SnapshotSample, "Directory.Build.targets"),
            $"""
            <Project>
              <ItemGroup>
                <PackageReference Remove="CircuitPipeline.Verify;Verify.Xunit" />
                <PackageReference Include="CircuitPipeline.Planning" Version="{PackedPackages.Version}" />
                <PackageReference Include="DiffEngine" Version="18.4.1" />
                <Reference Include="{compiled}CircuitPipeline.Verify.dll" />
                <Reference Include="{compiled}Verify.Xunit.dll" />
                <AssemblyAttribute Include="VerifyXunit.UseVerifyAttribute" />
                <AssemblyMetadata Include="Verify.ProjectDirectory" Value="$(MSBuildProjectDirectory)/" />
                <AssemblyMetadata Include="Verify.SolutionDirectory" Value="$(MSBuildProjectDirectory)/" />
              </ItemGroup>
            </Project>
            """
        );
    }
}
