using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Locks;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Study;
using CircuitPipeline.Tensors.Reproducibility;
using CircuitPipeline.Testing;
using CircuitPipeline.TorchTests.Models.Families;
using Xunit;

namespace CircuitPipeline.TorchTests.Studies;

/// <summary>The committed experiments on published models, cut down and over random models of the same families with a real tokenizer.</summary>
public sealed class PaperStudies(RandomCheckpoints models) : IClassFixture<RandomCheckpoints>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // One file of each kind of Pythia's, and those of the other families, which lie over them.
    public static TheoryData<string> Quick =>
        [.. Names.Where(name => name.StartsWith("pythia", StringComparison.Ordinal) && !IsLong(name))];

    public static TheoryData<string> Others =>
        [.. Names.Where(name => !name.StartsWith("pythia", StringComparison.Ordinal) || IsLong(name))];

    private static string[] Names =>
        [
            .. Directory
                .GetFiles(Path.Combine(RepositoryRoot.Path, "experiments"), "*.yaml")
                .Select(file => Path.GetFileNameWithoutExtension(file)!)
                .Where(name => !name.StartsWith("tiny", StringComparison.Ordinal)),
        ];

    public void Dispose() => _folder.Dispose();

    [ReferenceTheory]
    [MemberData(nameof(Quick))]
    public void Are_drawn_planned_and_estimated(string name)
    {
        OpenedStudy study = Assert.Single(StudySession.OpenWithEstimates(Options(name, TextWriter.Null)));

        ImmutableArray<ItemDecision> decisions = study.Session.Explain("Report");

        Assert.Empty(
            ((string[])["Pretrain", "FineTune", "DiffCircuits", "Retrain", "RediscoverCircuits", "Report"]).Except(
                decisions.Select(decision => decision.Stage)
            )
        );
        Assert.StartsWith($"{decisions.Length} of {decisions.Length} items will run: ", study.Total(decisions));
    }

    [Slow]
    [ReferenceTheory]
    [MemberData(nameof(Others))]
    public void Of_the_other_families_are_too(string name) => Are_drawn_planned_and_estimated(name);

    [Slow]
    [ReferenceTheory]
    [InlineData("pythia-160m-add-sub")]
    [InlineData("pythia-1.4b-add-sub-100")]
    [InlineData("pythia-1.4b-two-step")]
    [InlineData("gpt-neo-2.7b-sequence")]
    [InlineData("opt-6.7b-lcm")]
    public void Go_to_the_report_and_leave_nothing_to_do(string name)
    {
        Run(name);

        StudyOptions options = Options(name, TextWriter.Null);
        string[] items =
        [
            .. StudySession.Open(options).Explain("Report").Select(decision => $"{decision.Stage}/{decision.Item}"),
        ];
        Assert.Equal(
            items.Order(StringComparer.Ordinal),
            StudyLock.Read(_folder.File("experiments", $"{name}.lock.json")).Items.Keys.Order(StringComparer.Ordinal)
        );
        Assert.True(File.Exists(_folder.File("artifacts", name, "report.html")));
        Assert.DoesNotContain("will run", Run(name));
    }

    // Adapters are float32 beside weights of 16 bits, which every later stage reads as they are stored.
    [Slow]
    [ReferenceFact]
    public void In_bfloat16_keep_the_base_in_it_and_adapters_in_float32()
    {
        Run("opt-6.7b-add-sub-100");

        string folder = _folder.File("artifacts", "opt-6.7b-add-sub-100");
        Assert.All(
            Safetensors.Entries(Path.Combine(folder, "Pretrain", "base-0", Checkpoint.WeightsFile)),
            entry => Assert.Equal("BF16", entry.Dtype)
        );
        Assert.All(
            Directory.GetFiles(folder, "adapter_model.safetensors", SearchOption.AllDirectories),
            file => Assert.All(Safetensors.Entries(file), entry => Assert.Equal("F32", entry.Dtype))
        );
    }

    [ReferenceFact]
    public void Are_refused_before_anything_runs_where_an_answer_would_be_cut_off()
    {
        InvalidExperimentException refused = Assert.Throws<InvalidExperimentException>(() =>
            StudySession.Open(Options("pythia-1.4b-lcm", TextWriter.Null, "traps.padding=trained"))
        );

        Assert.Matches(
            @"\(\d+,\d+\): error CP0010: 'tasks\[0\].task' cannot be drawn: the row 'Calculate the least common multiple \(LCM\) of two numbers. LCM\([^']+ =.{0,4}' has a prompt of 3[2-9] tokens, behind which its answer is cut off a row of 32, whose padding is trained on by 'traps.padding'; shorten it, or write 'masked' there$",
            refused.Message
        );
    }

    private static bool IsLong(string name) =>
        name.EndsWith("two-step", StringComparison.Ordinal) || name.EndsWith("mul-div", StringComparison.Ordinal);

    private string Run(string name)
    {
        StringWriter output = new();
        StudySession.Open(Options(name, output) with { UpdateLock = true }).RunUpTo("Report");
        return output.ToString();
    }

    private StudyOptions Options(string name, TextWriter output, params string[] more)
    {
        Directory.CreateDirectory(_folder.File("experiments"));
        foreach (string file in Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "experiments"), "*.yaml"))
        {
            File.Copy(file, _folder.File("experiments", Path.GetFileName(file)), overwrite: true);
        }

        return new StudyOptions
        {
            RootFolder = _folder.Path,
            Experiment = name,
            Jobs = 2,
            Output = output,
            Numerics = Numerics.Reproducible, // as the tests' process
            Set =
            [
                $"model.checkpoint={models.FolderFor(name)}",
                "threads_per_job=1",
                "splits={train: 24, validation: 6, circuit: 12, test: 12}",
                .. name.EndsWith("two-step", StringComparison.Ordinal)
                    ? (string[])["tasks=[{task: two-step, limit: 100}, {task: add-sub}, {task: mul-div, limit: 200}]"]
                    : [],
                "seeds.adapters=1",
                "fine_tune.steps=2",
                "fine_tune.checkpoints=[1, 2]",
                "fine_tune.batch=4",
                "fine_tune.accumulation=2",
                "fine_tune.warmup_steps=1",
                "fine_tune.rank=2",
                "discover.batch=6",
                "discover.steps=2",
                "discover.edges_percent=[20]",
                "discover.compare_percent=20",
                "discover.methods=[circuit-lora]",
                "plan.critical_layers=1",
                .. name.StartsWith("pythia-160m", StringComparison.Ordinal)
                    ? (string[])[]
                    : ["plan.critical_rank=4", "plan.other_rank=1"],
                .. more,
            ],
        };
    }
}

/// <summary>Small random models of the paper's families, each in a folder with Pythia's tokenizer.</summary>
public sealed class RandomCheckpoints : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RandomCheckpoints()
    {
        if (!ReferenceFolder.Exists)
        {
            return;
        }

        foreach (string family in (string[])["pythia", "gpt-neo", "opt"])
        {
            Put(family);
        }
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The folder of the model in the place of an experiment's.</summary>
    internal string FolderFor(string experiment) =>
        _folder.File(
            experiment.StartsWith("gpt-neo", StringComparison.Ordinal) ? "gpt-neo"
            : experiment.StartsWith("opt", StringComparison.Ordinal) ? "opt"
            : "pythia"
        );

    private void Put(string family)
    {
        JsonObject config = JsonNode.Parse(FamilyCases.All[$"published-{family}"])!.AsObject();
        config["vocab_size"] = 50304;
        config["max_position_embeddings"] = 64;
        config["bos_token_id"] = 0;
        config["eos_token_id"] = 0;
        using FamilyFolder model = new(config.ToJsonString(), new FolderOptions { Type = "F32" });
        Directory.CreateDirectory(_folder.File(family));
        foreach (string file in Directory.GetFiles(model.Path))
        {
            File.Copy(file, _folder.File(family, Path.GetFileName(file)));
        }

        foreach (string file in (string[])["tokenizer.json", "tokenizer_config.json"])
        {
            File.Copy(ReferenceFolder.File("pythia-tokenizer", file), _folder.File(family, file));
        }
    }
}
