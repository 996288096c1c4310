using System.Text.Json;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.ToolFront;

public sealed class StudiesFromTheTool : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("circuit-pipeline-");

    public StudiesFromTheTool()
    {
        _root.CreateSubdirectory("experiments");
        File.Copy(Path.Combine(RepositoryRoot.Path, "experiments", "tiny.yaml"), Yaml);
    }

    private string Yaml => Path.Combine(_root.FullName, "experiments", "tiny.yaml");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Run_once_and_are_cached_then()
    {
        InProcess first = Study("run", "--json");
        InProcess second = Study("run", "--json");

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Equal((3, 0), Counts(first));
        Assert.Equal((3, 3), Counts(second));
        Assert.Contains("GenerateData/target: will run, because", first.Error);
        Assert.Contains("GenerateData/target: cached (key", second.Error);
    }

    [Fact]
    public void Are_refused_a_memory_that_fine_tuning_does_not_fit_in_before_anything_runs()
    {
        InProcess refused = Study("run", "--memory", "300MB", "--jobs", "2");
        InProcess explained = Study("explain", "--memory", "100GB");

        Assert.Equal((2, 0), (refused.ExitCode, explained.ExitCode));
        Assert.Matches(
            @"'--memory' is 300\.0 MB, 150\.0 MB for each of 2 job\(s\), but fine-tuning takes [0-9.]+ MB even with activations computed again; give more,",
            refused.Error
        );
        Assert.False(Directory.Exists(Path.Combine(_root.FullName, "artifacts", "store", "records")));
    }

    [Fact]
    public void Print_their_decisions_on_standard_output_without_json()
    {
        InProcess run = Study("run");

        Assert.Contains("GenerateData/target: will run, because", run.Output);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void Are_explained_without_being_run()
    {
        InProcess explained = Study("explain", "--json");
        InProcess again = Study("explain");

        JsonElement[] items = [.. explained.Json.GetProperty("items").EnumerateArray()];
        Assert.Equal(3, items.Length);
        Assert.All(items, item => Assert.False(item.GetProperty("cached").GetBoolean()));
        Assert.Contains("will run, because", again.Output);
        Assert.False(Directory.Exists(Path.Combine(_root.FullName, "artifacts", "tiny")));
    }

    [Fact]
    public void Have_a_status_by_stage()
    {
        JsonElement before = Study("status", "--json").Json;
        Study("run");
        JsonElement after = Study("status", "--json").Json;

        Assert.False(before.GetProperty("up_to_date").GetBoolean());
        Assert.True(after.GetProperty("up_to_date").GetBoolean());
    }

    [Fact]
    public void Have_a_status_that_names_a_damaged_file_of_the_view_which_the_next_run_restores()
    {
        Study("run");
        string file = Path.Combine(_root.FullName, "artifacts", "tiny", "GenerateData", "target", "train.jsonl");
        byte[] made = File.ReadAllBytes(file);
        File.WriteAllBytes(file, [.. made[..^9], .. "damaged!\n"u8]);

        InProcess damaged = Study("status", "--json");
        InProcess run = Study("run");

        Assert.False(damaged.Json.GetProperty("up_to_date").GetBoolean());
        Assert.Equal(file, Assert.Single(damaged.Json.GetProperty("to_restore").EnumerateArray()).GetString());
        Assert.Contains($"GenerateData: restored '{file}'", run.Output);
        Assert.Equal(made, File.ReadAllBytes(file));
        Assert.EndsWith("Everything is made.\n", Study("status").Output);
    }

    [Fact]
    public void Name_every_mistake_in_the_file_with_its_place()
    {
        File.WriteAllText(
            Yaml,
            File.ReadAllText(Yaml).Replace("  steps: 5\n", "  stepz: 5\n").Replace("seed: 0\n", "seed: x\n")
        );

        InProcess run = Study("run");

        Assert.Equal(2, run.ExitCode);
        string[] lines = run.Error.Trim().Split('\n');
        Assert.Contains(lines, line => line.StartsWith("experiments/tiny.yaml(4,7): error CP0008:"));
        Assert.Contains(lines, line => line.Contains("error CP0007: ") && line.Contains("'stepz'"));
        Assert.All(lines, line => Assert.StartsWith("experiments/tiny.yaml(", line));
    }

    [Fact]
    public void Are_looked_for_where_there_are_experiments()
    {
        string empty = Directory.CreateDirectory(Path.Combine(_root.FullName, "empty")).FullName;

        InProcess run = InProcess.Run("status", "--root", empty, "--experiment", "nope");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"There is no experiment 'nope', because '{empty}' has no 'experiments/*.yaml'", run.Error);
    }

    private InProcess Study(string verb, params string[] options) =>
        InProcess.Run([verb, "--root", _root.FullName, "--target", "GenerateData", .. options]);

    private static (int, int) Counts(InProcess run)
    {
        JsonElement stage = run.Json.GetProperty("stages")[0];
        return (stage.GetProperty("items").GetInt32(), stage.GetProperty("cached").GetInt32());
    }
}
