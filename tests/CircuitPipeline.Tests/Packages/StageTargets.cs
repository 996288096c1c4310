using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Packages;

/// <summary>A project that has only the MSBuild package has the stages as its targets.</summary>
[Collection(PackagesCollection.Name)]
public sealed class StageTargets(PackedPackages packages) : IDisposable
{
    private const string StartOfTool = "CircuitPipeline.Tool.dll run --root";
    private readonly FreshProject _project = packages.NewRestoredProject();

    [Fact]
    public void A_fresh_project_is_restored_runs_its_stage_and_shows_the_results()
    {
        using FreshProject fresh = packages.NewProject();

        Ended build = Run(fresh, "-t:GenerateData");

        Assert.Contains(StartOfTool, build.Output);
        Assert.Contains("GenerateData/target: will run, because nothing is stored for it yet", build.Output);
        Assert.True(File.Exists(fresh.PathOf("artifacts/tiny/GenerateData/target/train.jsonl")));
    }

    [Fact]
    public void Nothing_to_do_starts_nothing()
    {
        GenerateData();

        Ended second = GenerateData();

        Assert.DoesNotContain(StartOfTool, second.Output);
        Assert.Contains("Skipping target \"GenerateData\" because all output files are up-to-date", second.Output);
    }

    [Fact]
    public void A_changed_experiment_starts_the_tool_again_though_its_file_is_older_than_the_last_run()
    {
        GenerateData();
        DateTime before = File.GetLastWriteTimeUtc(_project.Yaml);
        File.AppendAllText(_project.Yaml, "# moved here, with its time\n");
        File.SetLastWriteTimeUtc(_project.Yaml, before.AddDays(-1));

        Ended second = GenerateData();

        Assert.Contains(StartOfTool, second.Output);
        Assert.Contains("GenerateData/target: cached", second.Output);
    }

    [Fact]
    public void An_experiment_of_another_time_with_the_same_content_starts_nothing()
    {
        GenerateData();
        File.SetLastWriteTimeUtc(_project.Yaml, DateTime.UtcNow.AddDays(1));
        _project.Touch();

        Assert.DoesNotContain(StartOfTool, GenerateData().Output);
    }

    [Fact]
    public void A_result_with_other_bytes_is_restored_though_size_and_time_are_the_same()
    {
        GenerateData();
        string result = _project.PathOf("artifacts/tiny/GenerateData/target/train.jsonl");
        byte[] made = File.ReadAllBytes(result);
        DateTime time = File.GetLastWriteTimeUtc(result);
        File.WriteAllBytes(result, [.. made[..^2], (byte)'?', made[^1]]);
        File.SetLastWriteTimeUtc(result, time);

        Ended second = GenerateData();

        Assert.Contains(StartOfTool, second.Output);
        Assert.Equal(made, File.ReadAllBytes(result));
    }

    [Slow]
    [Fact]
    public void Results_that_are_gone_are_made_again()
    {
        GenerateData();
        string[] folders = ["artifacts", "artifacts/tiny", "artifacts/tiny/GenerateData/target", "artifacts/store"];
        foreach (string folder in folders)
        {
            Directory.Delete(_project.PathOf(folder), recursive: true);

            Assert.Contains(StartOfTool, GenerateData().Output);
            Assert.True(File.Exists(_project.PathOf("artifacts/tiny/GenerateData/target/train.jsonl")));
            Assert.True(Directory.Exists(_project.PathOf("artifacts/store/blobs")));
        }
    }

    [Fact]
    public void Another_device_and_other_numerics_start_the_tool_again()
    {
        _project.Write("""<Experiment Include="experiments/tiny.yaml" Device="$(Where)" Numerics="$(Numbers)" />""");
        Run(_project, "-t:GenerateData", "-p:Where=cpu");

        Assert.Contains("--device cuda", Run(_project, "-t:GenerateData", "-p:Where=cuda").Output);
        Assert.Contains("--device cpu", Run(_project, "-t:GenerateData", "-p:Where=cpu").Output);
        Assert.Contains(
            "--device cpu --numerics fast",
            Run(_project, "-t:GenerateData", "-p:Where=cpu", "-p:Numbers=fast").Output
        );
    }

    [Fact]
    public void Of_two_experiments_only_the_changed_one_runs()
    {
        string other = _project.PathOf("experiments/other.yaml");
        File.WriteAllText(other, File.ReadAllText(_project.Yaml).Replace("study: tiny", "study: other"));
        _project.Write("""<Experiment Include="experiments/*.yaml" Jobs="1" />""");
        GenerateData();
        File.AppendAllText(other, "# changed\n");

        string[] started = [.. GenerateData().Output.Split('\n').Where(line => line.Contains(StartOfTool))];

        Assert.Contains(
            $"--experiment \"{other}\" --target GenerateData --device cpu --jobs 1",
            Assert.Single(started)
        );
    }

    [Fact]
    public void A_lock_is_written_when_it_is_asked_for()
    {
        GenerateData();

        Run(_project, "-t:GenerateData", "-p:CircuitUpdateLock=true");

        Assert.Contains("GenerateData/target", File.ReadAllText(_project.PathOf("experiments/tiny.lock.json")));
    }

    [Fact]
    public void Cleaning_forgets_the_stamps_and_keeps_the_store()
    {
        GenerateData();

        _project.Clean();

        Assert.True(Directory.Exists(_project.PathOf("artifacts/store/blobs")));
        Assert.Contains("GenerateData/target: cached", GenerateData().Output);
    }

    [Fact]
    public void Several_target_frameworks_have_the_stages_once()
    {
        using FreshProject fresh = packages.NewProject();
        fresh.Write(
            """<Experiment Include="experiments/tiny.yaml" />""",
            "<TargetFrameworks>net10.0</TargetFrameworks>"
        );

        Assert.Single(Run(fresh, "-t:GenerateData").Output.Split('\n'), line => line.Contains(StartOfTool));
    }

    public void Dispose() => _project.Dispose();

    private Ended GenerateData() => Run(_project, "-t:GenerateData");

    private static Ended Run(FreshProject project, params string[] arguments)
    {
        Ended build = project.Build(arguments);
        Assert.True(build.ExitCode == 0, build.Output);
        return build;
    }
}
