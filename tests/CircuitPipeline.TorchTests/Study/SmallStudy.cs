using System.Text.Json;
using System.Text.RegularExpressions;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study;
using CircuitPipeline.Testing;
using TorchSharp;
using Xunit;

namespace CircuitPipeline.TorchTests.Studies;

/// <summary>The default study in small, through the same stages, store and engine.</summary>
public sealed class SmallStudy : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallStudy() => Write(_folder, pretrainSteps: 4);

    private string Results => _folder.File("artifacts", "small", "results", "results.json");

    private string Page => _folder.File("artifacts", "small", "report.html");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Makes_a_model_that_can_be_read()
    {
        Run(_folder);

        using Transformer model = Checkpoint.Load(
            _folder.File("artifacts", "small", "Pretrain", "base-0"),
            torch.float32,
            torch.CPU
        );

        Assert.Equal(583, model.Config.DVocab);
        Assert.Equal(2, model.Config.NLayers);
    }

    [Fact]
    public void Does_nothing_the_second_time()
    {
        Run(_folder);

        string output = Run(_folder);

        Assert.DoesNotContain("will run", output);
        Assert.Equal(4, output.Split("cached").Length - 1);
    }

    [Fact]
    public void Gives_the_same_bytes_in_another_folder()
    {
        using TemporaryFolder other = new();
        Write(other, pretrainSteps: 4);
        Run(_folder);
        Run(other, jobs: 2);

        foreach (string file in (string[])[Checkpoint.WeightsFile, "metrics.json", Checkpoint.ConfigFile])
        {
            string[] place = ["artifacts", "small", "Pretrain", "base-0", file];
            Assert.Equal(File.ReadAllBytes(_folder.File(place)), File.ReadAllBytes(other.File(place)));
        }
    }

    [Fact]
    public void Reruns_only_what_a_changed_number_of_steps_concerns()
    {
        Run(_folder);
        Write(_folder, pretrainSteps: 5);

        string output = Run(_folder);

        Assert.Contains("Pretrain/base-0: will run, because pretrain.steps changed 4 -> 5", output);
        Assert.Equal(3, output.Split("cached").Length - 1);
    }

    [Fact]
    public void Leaves_nothing_half_written_when_it_is_stopped()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        PipelineSession session = Open(_folder, new StringWriter(), 1);
        session.RunStage("GenerateData");

        Assert.ThrowsAny<OperationCanceledException>(() => session.RunStage("Pretrain", source.Token));

        Assert.False(Directory.Exists(_folder.File("artifacts", "small", "Pretrain")));
        Assert.Contains("Pretrain/base-0: done", Run(_folder));
    }

    [Fact]
    public void Goes_all_the_way_to_the_report_and_does_nothing_the_second_time()
    {
        RunAll();
        byte[] page = File.ReadAllBytes(Page);

        string again = RunAll();

        Assert.DoesNotContain("will run", again);
        Assert.Equal(page, File.ReadAllBytes(Page));
        Assert.Contains("lora", File.ReadAllText(_folder.File("artifacts", "small", "results", "accuracy.csv")));
    }

    [Fact]
    public void Reruns_discovery_and_what_follows_but_no_base_when_the_path_has_more_points()
    {
        RunAll();
        Write(_folder, pretrainSteps: 4, discoverSteps: 3);

        string output = RunAll();

        Assert.Contains("AttributeEdges/base-0: will run, because discover.steps changed 2 -> 3", output);
        Assert.Contains("Pretrain/base-0: cached", output);
        Assert.Contains("FineTune/lora-0-0: cached", output);
        Assert.Contains("Retrain/full-0-0: cached", output);
    }

    // The names are PEFT's: a folder with these two files is what its 'from_pretrained' takes.
    [Fact]
    public void Leaves_adapters_as_folders_that_PEFT_loads()
    {
        RunAll();

        foreach (
            string folder in (string[])
                [
                    _folder.File("artifacts", "small", "FineTune", "lora-0-0", "checkpoint-6"),
                    _folder.File("artifacts", "small", "Retrain", "circuit-lora-0-0"),
                ]
        )
        {
            using JsonDocument config = JsonDocument.Parse(
                File.ReadAllBytes(Path.Combine(folder, "adapter_config.json"))
            );
            Assert.Equal("Pretrain/base-0", config.RootElement.GetProperty("base_model_name_or_path").GetString());
            Assert.False(config.RootElement.GetProperty("inference_mode").GetBoolean());
            int rank = config.RootElement.GetProperty("r").GetInt32();
            List<string> names = [];
            Safetensors.Read(
                Path.Combine(folder, "adapter_model.safetensors"),
                (name, tensor) =>
                {
                    names.Add(name);
                    if (folder.Contains("FineTune") && name.EndsWith("lora_A.weight"))
                    {
                        Assert.Equal(rank, tensor.size(0));
                    }
                }
            );
            Assert.Contains("base_model.model.gpt_neox.layers.0.attention.query_key_value.lora_A.weight", names);
        }
    }

    [Fact]
    public void Scores_nothing_again_for_a_circuit_of_another_size()
    {
        RunAll();
        string path = _folder.File("experiments", "small.yaml");
        string text = File.ReadAllText(path);
        string changed = Regex.Replace(text, @"edges_percent: \[([\d, ]+)\]", "edges_percent: [$1, 33]");
        Assert.NotEqual(text, changed);
        File.WriteAllText(path, changed);

        string output = RunAll();

        Assert.DoesNotContain("AttributeEdges/base-0: will run", output);
        Assert.Contains("AttributeEdges/base-0: cached", output);
        Assert.Contains("SelectCircuits/base-0: will run, because discover.edges_percent changed", output);
        Assert.Contains("PlanRanks/plans-0: cached", output);
        Assert.Contains("Retrain/full-0-0: cached", output);
        Assert.True(File.Exists(_folder.File("artifacts", "small", "SelectCircuits", "base-0", "circuit-33.json")));
    }

    [Theory]
    [InlineData("clean-corrupted", "probability-difference", "probability-difference")]
    [InlineData("exact", "kl-divergence", "kl-divergence-to-clean")]
    public void Finds_circuits_by_the_method_and_metric_of_the_spec(string method, string metric, string recorded)
    {
        string path = _folder.File("experiments", "small.yaml");
        string changed = File.ReadAllText(path)
            .Replace("eap-ig-inputs\n  steps: 2", $"{method}\n  steps: 1", StringComparison.Ordinal)
            .Replace("metric: logit-difference", $"metric: {metric}", StringComparison.Ordinal);
        File.WriteAllText(path, changed);

        Open(_folder, new StringWriter(), jobs: 2).RunUpTo("EvaluateCircuits");

        ScoreOrigin origin = CircuitFile
            .Read(_folder.File("artifacts", "small", "SelectCircuits", "base-0", "circuit-10.json"))
            .Scores!.Origin;
        Assert.Equal((method, null, recorded), (origin.Method, origin.Steps, origin.Metric));
    }

    [Fact]
    public void Shows_the_results_of_its_spec_also_when_a_value_is_changed_back()
    {
        RunAll();
        byte[] results = File.ReadAllBytes(Results);
        Write(_folder, pretrainSteps: 4, discoverSteps: 3);
        RunAll();
        Assert.NotEqual(results, File.ReadAllBytes(Results));
        Write(_folder, pretrainSteps: 4, discoverSteps: 2);

        string output = RunAll();

        Assert.DoesNotContain("will run", output);
        Assert.Contains("Report: wrote the page", output);
        Assert.Equal(results, File.ReadAllBytes(Results));
    }

    private string RunAll()
    {
        StringWriter output = new();
        PipelineSession session = Open(_folder, output, jobs: 2);
        foreach (StageDescription stage in StudyStages.Graph.Stages)
        {
            session.RunStage(stage.Name);
        }

        return output.ToString();
    }

    private static string Run(TemporaryFolder folder, int jobs = 1)
    {
        StringWriter output = new();
        PipelineSession session = Open(folder, output, jobs);
        session.RunStage("GenerateData");
        session.RunStage("Pretrain");
        return output.ToString();
    }

    private static PipelineSession Open(TemporaryFolder folder, TextWriter output, int jobs) =>
        StudySession.Open(
            new StudyOptions
            {
                RootFolder = folder.Path,
                Experiment = "small",
                Jobs = jobs,
                Output = output,
            }
        );

    private static void Write(TemporaryFolder folder, int pretrainSteps, int discoverSteps = 2)
    {
        Directory.CreateDirectory(folder.File("experiments"));
        File.WriteAllText(folder.File("experiments", "small.yaml"), SmallSpec.Yaml(pretrainSteps, discoverSteps));
    }
}
