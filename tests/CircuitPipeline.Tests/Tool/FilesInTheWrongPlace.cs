using System.Text.Json;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Tests.Circuits;
using Xunit;

namespace CircuitPipeline.Tests.ToolFront;

/// <summary>Files that are something else than the command line says, or that cannot be taken at their word.</summary>
public sealed class FilesInTheWrongPlace : IDisposable
{
    private readonly CircuitFilesOfATest _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_file_is_no_models_folder()
    {
        InProcess run = Plan("--model", _files["model/config.json"], "--equal-to", "4");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("but that is a file; name its folder.", run.Error);
    }

    [Fact]
    public void An_adapters_folder_that_names_no_base_model_is_none()
    {
        Directory.CreateDirectory(_files["adapter"]);
        File.WriteAllText(_files["adapter/adapter_config.json"], "{}");

        InProcess run = Plan("--model", _files["adapter"], "--equal-to", "4");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            "'adapter_config.json' does not say 'base_model_name_or_path'; name the base model, and this folder as its adapter",
            run.Error
        );
    }

    [Fact]
    public void A_folder_is_no_circuit()
    {
        InProcess run = InProcess.Run("diff", _files["before.json"], _files.Model);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{_files.Model}: this is a folder, but a JSON file is expected", run.Error);
    }

    [Fact]
    public void A_folder_is_no_experiment()
    {
        InProcess run = InProcess.Run("status", "--root", _files.Path, "--experiment", _files.Model + "/");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is a folder; name the YAML file in it.", run.Error);
    }

    [Fact]
    public void A_pointer_is_no_experiment()
    {
        File.WriteAllText(_files["e.yaml"], "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n");

        InProcess run = InProcess.Run("status", "--root", _files.Path, "--experiment", _files["e.yaml"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("This is a Git LFS pointer and not the file itself", run.Error);
    }

    [Fact]
    public void Marks_of_UTF_8_are_passed_over()
    {
        foreach (string name in (ReadOnlySpan<string>)["before.json", "after.json", "scores.json", "model/config.json"])
        {
            File.WriteAllBytes(_files[name], [0xEF, 0xBB, 0xBF, .. File.ReadAllBytes(_files[name])]);
        }

        InProcess plan = Plan("--model", _files.Model, "--equal-to", "4");
        InProcess select = InProcess.Run([
            "select",
            .. (string[])["--scores", _files["scores.json"], "--selector", "top-n", "--edges", "5"],
            .. (string[])["--out", _files["c.json"]],
        ]);

        Assert.Equal((0, 0), (plan.ExitCode, select.ExitCode));
        Vocabulary words = Vocabulary.ForNumbers(3);
        byte[] marked = [0xEF, 0xBB, 0xBF, .. VocabularyFile.Write(words)];
        Assert.Equal(words.Words.AsEnumerable(), VocabularyFile.Parse(marked, "vocabulary.json").Words);
    }

    [Fact]
    public void An_empty_argument_is_refused_by_name()
    {
        InProcess run = InProcess.Run("diff", "", _files["after.json"]);

        Assert.Equal((2, "Error: 'BEFORE.json' is '', but must not be empty."), (run.ExitCode, run.Error.Trim()));
    }

    [Theory]
    [InlineData("diff nowhere.json nowhere.json --json", 2)]
    [InlineData("diff --json", 2)]
    [InlineData("diff scores.json scores.json --json", 1)]
    public void A_failure_is_one_document_too(string line, int exitCode)
    {
        InProcess run = InProcess.Run(
            line.Split(' ').Select(word => word == "scores.json" ? _files["scores.json"] : word)
        );

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(exitCode, run.Json.GetProperty("exit_code").GetInt32());
        Assert.Equal($"Error: {run.Json.GetProperty("error").GetString()}", run.Error.Trim());
    }

    [Theory]
    [InlineData("diff")]
    [InlineData("plan")]
    public void Scores_that_cannot_be_added_are_refused(string command)
    {
        ComputationGraph graph = CircuitFilesOfATest.Graph;
        EdgeScores large = new(
            graph,
            [.. Enumerable.Range(0, graph.EdgeCount).Select(edge => edge % 2 == 0 ? 1.5e308 : 1e308)],
            Made.Origin
        );
        File.WriteAllBytes(_files["after.json"], CircuitFile.Write(new TopN(30).Select(large).Prune()));

        InProcess run =
            command == "diff"
                ? InProcess.Run("diff", _files["before.json"], _files["after.json"], "--collapse-qkv")
                : Plan("--model", _files.Model, "--equal-to", "4");
        InProcess plain = InProcess.Run("diff", _files["before.json"], _files["after.json"]);

        Assert.Equal((2, 2), (run.ExitCode, plain.ExitCode));
        Assert.Contains("finite", run.Error);
        Assert.Contains("is not finite, because scores are too large to be added", plain.Error);
    }

    [Fact]
    public void Nodes_that_contradict_their_edges_are_named()
    {
        string text = File.ReadAllText(_files["before.json"]);
        using JsonDocument document = JsonDocument.Parse(text);
        string node = document
            .RootElement.GetProperty("nodes")
            .EnumerateObject()
            .First(entry => entry.Value.GetProperty("in_graph").GetBoolean())
            .Name;
        int place = text.IndexOf($"\"{node}\"", StringComparison.Ordinal);
        int flag = text.IndexOf("true", place, StringComparison.Ordinal);
        File.WriteAllText(_files["before.json"], text[..flag] + "false" + text[(flag + 4)..]);

        InProcess run = InProcess.Run("diff", _files["before.json"], _files["after.json"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"says of 1 node, the first '{node}', that they are not in the circuit", run.Error);
    }

    [Fact]
    public void A_plan_that_raises_nothing_says_so()
    {
        InProcess run = Plan("--model", _files.Model, "--rank", "4", "--critical-rank", "4");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(
            "Warning: the critical rank is 4, which is the others' as well, so no layer is raised",
            run.Error
        );
    }

    [Fact]
    public void A_budget_that_does_not_fit_names_one_that_does()
    {
        InProcess run = Plan("--model", _files.Model, "--equal-to", "7");
        InProcess next = Plan("--model", _files.Model, "--equal-to", "5");

        Assert.Equal(0, next.ExitCode);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(
            "is possible; the largest rank everywhere that can be met is 7.",
            Plan("--model", _files.Model, "--equal-to", "8").Error
        );
    }

    private InProcess Plan(params string[] options) =>
        InProcess.Run([
            "plan",
            .. (string[])["--before", _files["before.json"], "--after", _files["after.json"], "--rule", "flips"],
            .. (string[])["--top-k", "1", "--out", _files["plan"], .. options],
        ]);
}
