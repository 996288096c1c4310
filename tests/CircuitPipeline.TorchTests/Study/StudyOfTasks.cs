using System.Text.Json;
using System.Text.RegularExpressions;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Study;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.TorchTests.Studies;

/// <summary>A small study of several tasks over one base model, through all stages.</summary>
public sealed partial class StudyOfTasks : IDisposable
{
    private const string Tasks = """
        tasks:
          - task: add-sub
          - {task: ioi, splits: {train: 40, validation: 6, circuit: 8, test: 10}}
          - {task: greater-than, splits: {train: 40, validation: 6, circuit: 8, test: 10}}
          - {task: mul-div, of_base_only: true, splits: {train: 40, validation: 6, circuit: 8, test: 10}}
          - {task: two-step, of_base_only: true, splits: {train: 40, validation: 6, circuit: 8, test: 10}}

        """;

    private static readonly string Lines = string.Concat(
        new[] { "add-sub", "ioi", "greater-than", "mul-div", "two-step" }.Select(task =>
            $"    - {{task: {task}, weight: 1, share: 0.15}}\n"
        )
    );

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Gives_every_task_its_results_and_shows_them_on_one_page()
    {
        Write(Tasks);

        string output = Run();

        Assert.DoesNotContain("Warning", output);
        using JsonDocument results = JsonDocument.Parse(
            File.ReadAllBytes(_folder.File("artifacts", "small", "results", "results.json"))
        );
        JsonElement[] tasks = [.. results.RootElement.GetProperty("tasks").EnumerateArray()];
        Assert.Equal(["add-sub", "ioi", "greater-than"], tasks.Select(task => task.GetProperty("study").GetString()));
        Assert.All(
            tasks,
            task =>
            {
                Assert.Equal(5, task.GetProperty("accuracies").GetArrayLength()); // the base and four methods
                Assert.Equal(2, task.GetProperty("circuits").GetArrayLength());
                Assert.Equal(2, task.GetProperty("changes").GetArrayLength());
                Assert.Equal(3, task.GetProperty("trajectories")[0].GetProperty("circuits").GetArrayLength());
                Assert.Equal(5, task.GetProperty("sets").GetArrayLength());
                Assert.Equal(3, task.GetProperty("plans").GetArrayLength());
            }
        );
        Assert.Equal(
            "union of add-sub and mul-div",
            results.RootElement.GetProperty("composition")[0].GetProperty("circuit").GetString()
        );
        string accuracy = File.ReadAllText(_folder.File("artifacts", "small", "results", "accuracy.csv"));
        Assert.StartsWith("task,method,", accuracy);
        Assert.Equal(1 + 3 * 5, accuracy.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        string page = File.ReadAllText(_folder.File("artifacts", "small", "report.html"));
        string[] ids =
        [
            .. Id().Matches(page[..page.IndexOf("page-data", StringComparison.Ordinal)]).Select(id => id.Value),
        ];
        Assert.Equal(ids.Distinct(), ids);
        Assert.Contains("All tasks", page);
    }

    [Slow]
    [Fact]
    public void Does_nothing_the_second_time_and_a_further_task_makes_only_its_own()
    {
        string few = Tasks[..Tasks.IndexOf("  - {task: greater", StringComparison.Ordinal)];
        Write(few);
        Run();

        Assert.DoesNotContain("will run", Run());

        // The base model is measured on every task, so that it is made again; the pairs of the others are not.
        Write(Tasks);
        string output = Run();
        Assert.DoesNotContain("GenerateData/ioi: will run", output);
        Assert.Contains("GenerateData/greater-than: will run", output);
    }

    [Fact]
    public void Of_a_matrix_share_what_they_have_in_common()
    {
        Write("matrix: {fine_tune.rank: [2, 3]}\n");
        StringWriter output = new();

        StudySession.RunAll(StudySession.OpenAll(Options(output)), session => session.RunUpTo("FineTune"));

        Assert.Single(Regex.Matches(output.ToString(), "Pretrain/base-0: done"));
        Assert.Equal(2, Regex.Count(output.ToString(), "FineTune/lora-0-0: done"));
        Assert.True(Directory.Exists(_folder.File("artifacts", "small-rank-2", "FineTune")));
        Assert.True(Directory.Exists(_folder.File("artifacts", "small-rank-3", "FineTune")));
    }

    [Fact]
    public void Of_the_papers_protocol_differ_as_its_traps_say()
    {
        Write("");
        Run();
        byte[] adapter = File.ReadAllBytes(Adapter("Retrain/circuit-lora-0-0"));
        byte[] uniform = File.ReadAllBytes(Adapter("FineTune/lora-0-0/checkpoint-6"));
        EdgeScores perPair = Scores();

        Write("traps: {scores_per: batch, critical_rate_factor: 2}\n");
        string output = Run();

        EdgeScores perBatch = Scores();
        Assert.Equal("reference(12)", perBatch.Origin.Aggregation);
        Assert.All(perPair.Values.Zip(perBatch.Values), pair => Assert.Equal(pair.First / 12, pair.Second, 1e-12));
        Assert.DoesNotContain("FineTune/lora-0-0: will run", output);
        Assert.Equal(uniform, File.ReadAllBytes(Adapter("FineTune/lora-0-0/checkpoint-6")));
        Assert.NotEqual(adapter, File.ReadAllBytes(Adapter("Retrain/circuit-lora-0-0")));

        Write("traps: {padding: trained}\n");
        Run("FineTune");

        Assert.NotEqual(uniform, File.ReadAllBytes(Adapter("FineTune/lora-0-0/checkpoint-6")));
    }

    [Fact]
    public void Finds_the_circuits_of_other_methods_and_compares_them_with_those_of_the_base_and_of_lora()
    {
        Write("methods: [lora, circuit-lora, full]\n");
        Rewrite("compare_percent", "methods: [circuit-lora, full]\n  compare_percent");

        Run();

        using JsonDocument results = JsonDocument.Parse(
            File.ReadAllBytes(_folder.File("artifacts", "small", "results", "results.json"))
        );
        JsonElement[] changes = [.. results.RootElement.GetProperty("method_changes").EnumerateArray()];
        Assert.Equal(
            ["base-0", "base-0, circuit-lora", "base-0, full"],
            results
                .RootElement.GetProperty("trajectories")
                .EnumerateArray()
                .Select(one => one.GetProperty("name").GetString())
        );
        Assert.Equal(
            [("base", "circuit-lora"), ("step 6", "circuit-lora"), ("base", "full"), ("step 6", "full")],
            changes.Select(change =>
                (change.GetProperty("before").GetString()!, change.GetProperty("after").GetString()!)
            )
        );
        Circuit tuned = Circuit("SelectCircuits/tuned-0-6", "circuit-10.json");
        Circuit full = Circuit("RediscoverCircuits/full-0", "circuit-10.json");
        Assert.Equal(
            full.EdgeIndices.Except(tuned.EdgeIndices).Count(),
            changes[3].GetProperty("edges").GetProperty("added").GetInt32()
        );
        Assert.NotEqual(tuned.Scores!.Values, full.Scores!.Values);
        string[] models =
        [
            .. results
                .RootElement.GetProperty("qualities")
                .EnumerateArray()
                .Select(row => row.GetProperty("model").GetString()!),
        ];
        Assert.Contains("full", models);
        Assert.Contains(
            "The circuits that other methods end with",
            File.ReadAllText(_folder.File("artifacts", "small", "report.html"))
        );
        Assert.DoesNotContain("will run", Run());
    }

    private Circuit Circuit(string folder, string file) =>
        CircuitFile.Read(Path.Combine(_folder.File("artifacts", "small"), folder, file));

    private void Rewrite(string old, string text)
    {
        string path = _folder.File("experiments", "small.yaml");
        File.WriteAllText(path, File.ReadAllText(path).Replace(old, text, StringComparison.Ordinal));
    }

    private EdgeScores Scores() =>
        ScoresFile.Read(_folder.File("artifacts", "small", "AttributeEdges", "base-0", "scores.json"));

    private string Adapter(string folder) =>
        Path.Combine(_folder.File("artifacts", "small"), folder, "adapter_model.safetensors");

    private void Write(string keys)
    {
        Directory.CreateDirectory(_folder.File("experiments"));
        string yaml = SmallSpec.Yaml();
        if (keys == Tasks || keys.StartsWith("tasks:", StringComparison.Ordinal))
        {
            yaml = DataTasks().Replace(yaml, $"  tasks:\n{Lines}\n");
        }

        File.WriteAllText(_folder.File("experiments", "small.yaml"), $"{yaml}\n{keys}");
    }

    private string Run(string target = "Report")
    {
        StringWriter output = new();
        StudySession.Open(Options(output)).RunUpTo(target);
        return output.ToString();
    }

    private StudyOptions Options(TextWriter output) =>
        new()
        {
            RootFolder = _folder.Path,
            Experiment = "small",
            Jobs = 1,
            Output = output,
        };

    [GeneratedRegex(" id=\"[^\"]+\"")]
    private static partial Regex Id();

    [GeneratedRegex(@"^  tasks:.*\n(    - .*\n)+", RegexOptions.Multiline)]
    private static partial Regex DataTasks();
}
