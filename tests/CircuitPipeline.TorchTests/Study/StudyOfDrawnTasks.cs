using System.Text.Json;
using System.Text.RegularExpressions;
using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Testing;
using CircuitPipeline.Text.Tokenizers;
using TorchSharp;
using Xunit;

namespace CircuitPipeline.TorchTests.Studies;

/// <summary>A small study of a checkpoint with a real tokenizer, whose tasks are drawn in the text of their sources.</summary>
public sealed class StudyOfDrawnTasks : IDisposable
{
    private const string Yaml = """
        study: small
        seed: 3
        threads_per_job: 1
        model: {checkpoint: ../base}
        splits: {train: 24, validation: 6, circuit: 8, test: 10}
        tasks:
          - {task: add-sub, limit: 100}
          - {task: sequence}
          - {task: greater-than}
          - {task: mul-div, of_base_only: true}
          - {task: two-step, of_base_only: true}
        methods: [lora, circuit-lora]
        seeds: {bases: 1, adapters: 1}
        fine_tune:
          steps: 2
          batch: 4
          lr: 1e-2
          full_lr: 1e-3
          weight_decay: 0.01
          warmup_steps: 1
          clip_norm: 1
          rank: 2
          alpha_over_rank: 2
          checkpoints: [2]
        discover:
          method: eap-ig-inputs
          steps: 2
          quadrature: left
          metric: kl-divergence
          batch: 4
          edges_percent: [20]
          compare_percent: 20
        plan: {rule: source-layer, critical_layers: 1}

        """;

    private readonly TemporaryFolder _folder = new();

    public StudyOfDrawnTasks()
    {
        if (!ReferenceFolder.Exists)
        {
            return;
        }

        Directory.CreateDirectory(_folder.File("experiments"));
        Directory.CreateDirectory(_folder.File("base"));
        File.WriteAllText(_folder.File("experiments", "small.yaml"), Yaml);
        foreach (string file in (string[])["tokenizer.json", "tokenizer_config.json"])
        {
            File.Copy(ReferenceFolder.File("pythia-tokenizer", file), _folder.File("base", file));
        }

        using torch.Generator random = new(1);
        using Transformer model = TransformerFactory.Create(
            new TransformerConfig
            {
                Architecture = Architecture.GptNeoX,
                NLayers = 2,
                NHeads = 2,
                DModel = 16,
                DMlp = 32,
                DVocab = 50304,
                NCtx = 64,
                ParallelBlocks = true,
                RotaryPercent = 0.25,
                InitializerRange = 0.1,
                EosTokenId = 0,
            },
            random,
            torch.CPU
        );
        Checkpoint.Save(
            model,
            _folder.File("base", Checkpoint.WeightsFile),
            _folder.File("base", Checkpoint.ConfigFile)
        );
    }

    public void Dispose() => _folder.Dispose();

    [Slow]
    [ReferenceFact]
    public void Goes_to_the_report_with_what_was_left_out_and_shares_no_operand_between_sets()
    {
        string output = Run();

        Assert.Contains("tasks: 'sequence' is drawn: 56 rows of ", output);
        using JsonDocument results = JsonDocument.Parse(
            File.ReadAllBytes(_folder.File("artifacts", "small", "results", "results.json"))
        );
        JsonElement[] tasks = [.. results.RootElement.GetProperty("tasks").EnumerateArray()];
        Assert.Equal(
            ["add-sub", "sequence", "greater-than"],
            tasks.Select(task => task.GetProperty("study").GetString())
        );
        Assert.Contains(
            tasks[1].GetProperty("settings").EnumerateArray(),
            setting => setting.GetProperty("name").GetString() == "rows"
        );
        Assert.Equal(3, results.RootElement.GetProperty("composition").GetArrayLength());
        string[] files =
        [
            .. ((string[])["two-step", "add-sub", "mul-div"]).SelectMany(task =>
                ((string[])["train", "test"]).Select(set => $"artifacts/small/GenerateData/{task}/{set}.jsonl")
            ),
        ];
        foreach (string train in files.Where(file => file.EndsWith("train.jsonl", StringComparison.Ordinal)))
        {
            foreach (string test in files.Where(file => file.EndsWith("test.jsonl", StringComparison.Ordinal)))
            {
                ToolRun leaks = ToolRun.In(
                    _folder.Path,
                    "pairs",
                    "--check-leaks",
                    train,
                    test,
                    "--model",
                    "base",
                    "--fail"
                );
                Assert.True(leaks.ExitCode == 0, leaks.Output + leaks.Error);
            }
        }

        Assert.DoesNotContain("will run", Run());
    }

    [ReferenceFact]
    public void Is_refused_where_a_task_has_too_few_rows_or_no_numbers()
    {
        File.WriteAllText(
            _folder.File("experiments", "small.yaml"),
            Yaml.Replace("limit: 100", "limit: 10")
                .Replace("{task: greater-than}", "{task: pronoun, limit: 70}")
                .Replace("train: 24", "train: 2400")
        );

        string[] problems = Assert.Throws<InvalidExperimentException>(() => Run()).Message.Split('\n');

        Assert.Contains(
            problems,
            problem =>
                problem.Contains("(7,12): error CP0010: 'tasks[0].task' cannot be drawn: the task 'add-sub' gives ")
                && problem.EndsWith("ask for fewer rows or another limit.", StringComparison.Ordinal)
        );
        Assert.Contains(
            problems,
            problem =>
                problem.Contains(
                    "'tasks[2].limit' is 70, but the task 'pronoun' has no numbers to choose; leave it out."
                )
        );
    }

    [Slow]
    [ReferenceFact]
    public void Of_the_papers_protocol_is_trained_behind_a_newline_and_looked_at_behind_an_end_of_text()
    {
        string yaml = Yaml.Replace("  - {task: sequence}\n", "").Replace("  - {task: greater-than}\n", "");
        File.WriteAllText(
            _folder.File("experiments", "small.yaml"),
            yaml + "traps: {newline: trained, bos: discovery}\n"
        );

        Run();

        string data = _folder.File("artifacts", "small", "GenerateData", "add-sub");
        Assert.All(
            File.ReadLines(Path.Combine(data, "train.jsonl")),
            line =>
            {
                using JsonDocument row = JsonDocument.Parse(line);
                string clean = row.RootElement.GetProperty("clean_text").GetString()!;
                Assert.EndsWith(" =\n", clean);
                int[] sum = [.. Regex.Matches(clean, "[0-9]+").Select(number => int.Parse(number.Value))];
                int answer = clean.Contains('+') ? sum[0] + sum[1] : sum[0] - sum[1];
                Assert.Equal(
                    Tokenizer().EncodeContinuation($"{answer}"),
                    row.RootElement.GetProperty("answers").EnumerateArray().Select(id => id.GetInt32())
                );
            }
        );
        Assert.All(File.ReadLines(Path.Combine(data, "test.jsonl")), line => Assert.DoesNotContain("\\n", line));
        EncodedPairs pairs = PairsFile.Read(Path.Combine(data, "circuit-1.jsonl"), null);
        using Transformer model = Checkpoint.Load(_folder.File("base"), torch.float32, torch.CPU);
        EdgeScores expected = AttributionMethods
            .Create(
                "eap-ig-inputs",
                new AttributionOptions { Steps = 2, Quadrature = Quadrature.Left },
                4,
                TimeProvider.System
            )
            .Attribute(
                model,
                EncodedPairs.Of(
                    Enumerable
                        .Range(0, pairs.Count)
                        .Select(row =>
                            pairs[row] with
                            {
                                Clean = [0, .. pairs[row].Clean],
                                Corrupted = [0, .. pairs[row].Corrupted],
                            }
                        )
                ),
                Metrics.Named("kl-divergence")
            );
        EdgeScores found = ScoresFile.Read(
            _folder.File("artifacts", "small", "AttributeEdges", "add-sub-base-0", "scores.json")
        );
        double largest = expected.Values.Max(Math.Abs);
        Assert.All(
            expected.Values.Zip(found.Values),
            pair => Assert.Equal(pair.First / largest, pair.Second / largest, 1e-5)
        );
    }

    private ITokenizer Tokenizer() => TokenizerFolder.Find(_folder.File("base"))!;

    private string Run() => SmallStudies.Run(_folder, jobs: 2);
}
