using System.Text.Json;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Study;
using CircuitPipeline.Testing;
using CircuitPipeline.TorchTests.Models.Families;
using CircuitPipeline.TorchTests.Training.Adapters;
using CircuitPipeline.Training.Adapters;
using TorchSharp;
using Xunit;

namespace CircuitPipeline.TorchTests.Studies;

/// <summary>A small study whose base model is a checkpoint in a folder, with a tokenizer and files of texts.</summary>
public sealed class StudyOfACheckpoint : IDisposable
{
    private const string Yaml = """
        study: small
        seed: 3
        threads_per_job: 1
        model:
          checkpoint: ../base
        pairs:
          train: {file: train.csv}
          validation: {file: validation.csv}
          circuit: {file: circuit.csv}
          circuit_again: {file: again.csv}
          test: {file: test.csv}
        seeds:
          bases: 1
          adapters: 1
        fine_tune:
          steps: 4
          batch: 8
          lr: 1e-2
          full_lr: 1e-3
          weight_decay: 0.01
          warmup_steps: 1
          clip_norm: 1
          rank: 2
          alpha_over_rank: 2
          checkpoints: [2, 4]
        discover:
          method: eap-ig-inputs
          steps: 2
          quadrature: left
          metric: logit-difference
          batch: 4
          edges_percent: [10, 50]
          compare_percent: 50
        plan:
          rule: source-layer
          critical_layers: 1

        """;

    private readonly TemporaryFolder _folder = new();

    public StudyOfACheckpoint()
    {
        Directory.CreateDirectory(_folder.File("experiments"));
        File.WriteAllText(_folder.File("experiments", "small.yaml"), Yaml);
        foreach (
            (string name, int first, int count) in ((string, int, int)[])
                [("train", 0, 30), ("validation", 30, 8), ("circuit", 40, 8), ("again", 50, 8), ("test", 60, 12)]
        )
        {
            File.WriteAllText(_folder.File("experiments", $"{name}.csv"), WordTokenizer.Pairs(first, count));
        }
    }

    public void Dispose() => _folder.Dispose();

    // The whole way of a user: a base with a tokenizer, texts, circuits before and after, their difference, a plan, and an adapter that finds its base.
    [Theory]
    [InlineData("published-pythia", "GPT-NeoX")]
    [InlineData("published-llama", "llama")]
    public void Goes_to_the_report_and_its_adapters_are_scored_as_the_models_that_they_stand_for(
        string name,
        string family
    )
    {
        PutBase(name);

        Run();

        using JsonDocument results = JsonDocument.Parse(
            File.ReadAllBytes(_folder.File("artifacts", "small", "results", "results.json"))
        );
        JsonElement model = results.RootElement.GetProperty("settings")[0];
        Assert.StartsWith($"{family}, 2 layers, ", model.GetProperty("value").GetString());
        Assert.StartsWith("from a folder, SHA-256 of model.safetensors: ", model.GetProperty("why").GetString());
        Assert.Equal(0, results.RootElement.GetProperty("composition").GetArrayLength());
        Assert.True(File.Exists(_folder.File("artifacts", "small", "report.html")));
        string adapter = Path.Combine("artifacts", "small", "FineTune", "lora-0-0", "checkpoint-4");
        ToolRun run = ToolRun.In(
            _folder.Path,
            [
                .. "attribute --method eap-ig-inputs --steps 2 --batch 4 --threads 1 --numerics reproducible".Split(
                    ' '
                ),
                .. (string[])["--pairs", Path.Combine("experiments", "circuit.csv"), "--model", adapter],
                .. (string[])["--out", "scores.json"],
            ]
        );
        Assert.True(run.ExitCode == 0, run.Error);
        EdgeScores own = ScoresFile.Read(
            _folder.File("artifacts", "small", "AttributeEdges", "tuned-0-4", "scores.json")
        );
        EdgeScores asked = ScoresFile.Read(_folder.File("scores.json"));
        Assert.All(own.Values.Zip(asked.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.Equal("LoRA", asked.Origin.Model!.Adapter!.Method);
        string planned = _folder.File("artifacts", "small", "Retrain", "circuit-lora-0-0");
        using Transformer merged = Checkpoint.Load(_folder.File("base"), torch.float32, torch.CPU);
        PeftFolder.Open(planned).MergeInto(merged);
    }

    [Slow]
    [Theory]
    [InlineData("published-gpt2", "gpt2")]
    [InlineData("published-gpt-neo", "gpt_neo")]
    [InlineData("published-opt", "opt")]
    [InlineData("published-mistral", "mistral")]
    [InlineData("published-qwen2", "qwen2")]
    [InlineData("published-qwen3", "qwen3")]
    [InlineData("published-gemma2", "gemma2")]
    [InlineData("olmo2-defaults", "olmo2")]
    public void Of_the_other_families_goes_the_same_way(string name, string family) =>
        Goes_to_the_report_and_its_adapters_are_scored_as_the_models_that_they_stand_for(name, family);

    [Fact]
    public void Does_nothing_the_second_time()
    {
        PutBase("published-llama");
        Run();

        Assert.DoesNotContain("will run", Run());
    }

    [Fact]
    public void Computes_with_the_checkpoints_own_weights_and_keeps_its_tokenizer()
    {
        PutBase("published-llama");

        Open(new StringWriter()).RunUpTo("Pretrain");

        string kept = _folder.File("artifacts", "small", "Pretrain", "base-0");
        using Transformer made = Checkpoint.Load(kept, torch.float32, torch.CPU);
        using Transformer given = Checkpoint.Load(_folder.File("base"), torch.float32, torch.CPU);
        foreach ((string name, torch.Tensor weight) in given.state_dict())
        {
            Assert.True(weight.eq(made.state_dict()[name]).all().item<bool>(), name);
        }

        Assert.Equal(
            File.ReadAllBytes(_folder.File("base", "tokenizer.json")),
            File.ReadAllBytes(Path.Combine(kept, "tokenizer.json"))
        );
    }

    [Fact]
    public void Is_made_again_for_other_weights_and_not_for_another_place()
    {
        PutBase("published-llama");
        Open(new StringWriter()).RunUpTo("FineTune");
        Directory.Move(_folder.File("base"), _folder.File("moved"));
        string yaml = _folder.File("experiments", "small.yaml");
        File.WriteAllText(yaml, Yaml.Replace("../base", "../moved"));

        StringWriter moved = new();
        Open(moved).RunUpTo("FineTune");
        PutBase("published-llama", seed: 2);
        File.WriteAllText(yaml, Yaml);
        StringWriter changed = new();
        Open(changed).RunUpTo("Pretrain");

        Assert.DoesNotContain("will run", moved.ToString());
        Assert.Contains("Pretrain/base-0: will run, because model.files", changed.ToString());
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("tokenizer.json")]
    public void Is_not_kept_where_a_file_changes_between_opening_and_reading(string file)
    {
        PutBase("published-llama");
        PipelineSession session = Open(new StringWriter());
        byte[] bytes = File.ReadAllBytes(_folder.File("base", file));
        bytes[^2] ^= 1; // of a number's fraction
        byte[] other = file.EndsWith(".json", StringComparison.Ordinal)
            ? [.. File.ReadAllBytes(_folder.File("base", file)), (byte)'\n']
            : bytes;
        File.WriteAllBytes(_folder.File("base", file), other);

        StageFailedException failure = Assert.Throws<StageFailedException>(() => session.RunUpTo("Pretrain"));

        Assert.Contains(file, $"{failure}");
        Assert.Contains("the file has changed since the study was opened", $"{failure}");
        Open(new StringWriter()).RunUpTo("Pretrain");
    }

    [Fact]
    public void Is_said_by_inspect_to_be_there_or_not()
    {
        PutBase("published-llama");
        ToolRun there = ToolRun.In(_folder.Path, "inspect", "experiments/small.yaml");
        Directory.Delete(_folder.File("base"), recursive: true);
        ToolRun gone = ToolRun.In(_folder.Path, "inspect", "experiments/small.yaml");

        Assert.Contains("  checkpoint: '../base', there\n", there.Output);
        Assert.DoesNotContain("refused", there.Output);
        Assert.Contains("  checkpoint: '../base', not usable\n", gone.Output);
        Assert.Contains("refused: ", gone.Output);
        Assert.Equal(0, gone.ExitCode);
    }

    [Theory]
    [InlineData(
        "checkpoint: ../base",
        "checkpoint: ../nowhere",
        "(5,15): error CP0010: 'model.checkpoint' cannot be used: "
    )]
    [InlineData(
        "checkpoint: ../base",
        "checkpoint: nobody/nothing",
        "or bring the model with 'dotnet circuit fetch nobody/nothing'."
    )]
    [InlineData(
        "  checkpoint: ../base",
        "  checkpoint: ../base\n  adapter: ../base",
        "(6,12): error CP0010: 'model.adapter' cannot be used: "
    )]
    [InlineData(
        "  checkpoint: ../base",
        "  checkpoint: ../base\n  ignore_keys: [no_such_key]",
        "(6,16): error CP0010: 'model.ignore_keys' has 'no_such_key', but the checkpoint's 'config.json' has no such key"
    )]
    [InlineData(
        "  checkpoint: ../base",
        "  checkpoint: ../base\n  ignore_tensors: [v_head.*]",
        "(6,19): error CP0010: 'model.ignore_tensors' has 'v_head.*', but no tensor of the checkpoint has such a name"
    )]
    public void Is_refused_with_the_place_where_it_cannot_be_found(string old, string now, string expected)
    {
        PutBase("published-llama");
        File.WriteAllText(_folder.File("experiments", "small.yaml"), Yaml.Replace(old, now));

        string message = Assert.Throws<InvalidExperimentException>(() => Open(new StringWriter())).Message;

        Assert.Contains(expected, message);
        Assert.Single(message.Split('\n'));
    }

    [Theory]
    [InlineData(
        "  rank: 2",
        "  rank: 4096",
        "(23,9): error CP0009: 'fine_tune.rank' is 4096, but no map of a block is of a higher rank than the model's width, "
    )]
    [InlineData(
        "critical_layers: 1",
        "critical_layers: 100",
        "(36,20): error CP0009: 'plan.critical_layers' is 100, but the model has "
    )]
    public void Is_refused_before_anything_runs_where_it_cannot_hold_the_ranks(string old, string now, string expected)
    {
        PutBase("published-llama");
        File.WriteAllText(_folder.File("experiments", "small.yaml"), Yaml.Replace(old, now));

        string message = Assert.Throws<InvalidExperimentException>(() => Open(new StringWriter())).Message;

        Assert.Contains(expected, message);
        Assert.Single(message.Split('\n'));
    }

    [Fact]
    public void Whose_edges_mean_nothing_is_refused_before_anything_runs()
    {
        PutBase("published-olmo2");

        string message = Assert.Throws<InvalidExperimentException>(() => Open(new StringWriter())).Message;

        Assert.Contains("(5,15): error CP0010: 'model.checkpoint' cannot be used: ", message);
        Assert.Contains("'olmo2' norms all keys together", message);
    }

    [Theory]
    [InlineData("published-gpt2", true)]
    [InlineData("published-llama", false)]
    public void Is_refused_before_anything_runs_where_its_adapter_does_not_fit_or_is_not_whole(string of, bool isWhole)
    {
        PutBase("published-llama");
        using AdapterCase adapter = new(of, "lora");
        if (!isWhole)
        {
            File.Delete(Path.Combine(adapter.Folder, PeftFolder.WeightsFile));
        }

        File.WriteAllText(
            _folder.File("experiments", "small.yaml"),
            Yaml.Replace("../base", $"../base\n  adapter: {adapter.Folder}")
        );

        string message = Assert.Throws<InvalidExperimentException>(() => Open(new StringWriter())).Message;

        Assert.Contains("(6,12): error CP0010: 'model.adapter' cannot be used: ", message);
    }

    private void PutBase(string name, int seed = 1)
    {
        using FamilyFolder model = new(FamilyCases.All[name], new FolderOptions { Type = "F32" }, seed);
        Directory.CreateDirectory(_folder.File("base"));
        foreach (string file in Directory.GetFiles(model.Path))
        {
            File.Copy(file, _folder.File("base", Path.GetFileName(file)), overwrite: true);
        }

        WordTokenizer.Write(_folder.File("base"));
    }

    private string Run()
    {
        StringWriter output = new();
        Open(output).RunUpTo("Report");
        return output.ToString();
    }

    private PipelineSession Open(TextWriter output) =>
        StudySession.Open(
            new StudyOptions
            {
                RootFolder = _folder.Path,
                Experiment = "small",
                Jobs = 2,
                Output = output,
                Variable = name => name == "HF_HUB_CACHE" ? _folder.File("hub") : null,
            }
        );
}
