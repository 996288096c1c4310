using System.Text.Json;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Study;
using CircuitPipeline.Testing;
using CircuitPipeline.Training.Adapters;
using TorchSharp;
using Xunit;

namespace CircuitPipeline.TorchTests.Studies;

/// <summary>A small study of every way of fine-tuning, through all stages.</summary>
public sealed class StudyOfMethods : IDisposable
{
    private const string All = "methods: [lora, circuit-lora, random-lora, full, rslora, dora, adalora, pissa, ia3]\n";

    private static readonly string[] OfTheField = ["rslora", "dora", "adalora", "pissa", "ia3"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Slow]
    public void Lists_all_of_them_with_what_they_train_and_keep()
    {
        Write(All);

        string output = Run();

        Assert.DoesNotContain("Warning", output);
        using JsonDocument results = JsonDocument.Parse(
            File.ReadAllBytes(_folder.File("artifacts", "small", "results", "results.json"))
        );
        Dictionary<string, JsonElement> rows = results
            .RootElement.GetProperty("accuracies")
            .EnumerateArray()
            .ToDictionary(row => row.GetProperty("method").GetString()!);
        Assert.Equal(
            ["base", "lora", "circuit-lora", "random-lora", "full", .. OfTheField],
            [.. rows.Keys.Take(5), .. rows.Keys.Skip(5).OrderBy(name => Array.IndexOf(OfTheField, name))]
        );
        long Trained(string method) => rows[method].GetProperty("trainable_parameters").GetInt64();

        // d 64, ff 256, 2 layers, rank 4; AdaLoRA starts with rank 6 at each of 8 maps and keeps 32 of the 48 rows.
        Assert.Equal(8192, Trained("lora"));
        Assert.Equal(8192, Trained("rslora"));
        Assert.Equal(8192, Trained("pissa"));
        Assert.Equal(8192 + 2 * 576, Trained("dora"));
        Assert.Equal(12_288 + 48, Trained("adalora"));
        Assert.Equal(2 * 448, Trained("ia3"));
        Assert.InRange(rows["adalora"].GetProperty("kept_parameters").GetInt64(), 32 * 129, 32 * 321);
        Assert.All(
            rows.Where(row => row.Key != "adalora"),
            row => Assert.False(row.Value.TryGetProperty("kept_parameters", out _), row.Key)
        );
        Assert.Contains(" kept", File.ReadAllText(_folder.File("artifacts", "small", "report.html")));
        foreach (string method in OfTheField)
        {
            using Transformer model = Checkpoint.Load(
                _folder.File("artifacts", "small", "Pretrain", "base-0"),
                torch.float32,
                torch.CPU
            );
            PeftFolder adapter = PeftFolder.Open(_folder.File("artifacts", "small", "Retrain", $"{method}-0-0"));
            Assert.Equal("Pretrain/base-0", adapter.Config.BaseModel);
            adapter.MergeInto(model);
        }

        Assert.All(
            OfTheField.Except(["rslora"]),
            method =>
                Assert.True(
                    File.Exists(_folder.File("artifacts", "small", "RediscoverCircuits", $"{method}-0", "diffs.json"))
                )
        );
        Assert.DoesNotContain("will run", Run());

        Write($"{All}", "  adalora: {initial_rank: 5}\n  ia3: {modules: all}\n");
        string changed = Run("Retrain");
        Assert.Contains("Retrain/adalora-0-0: will run, because fine_tune.adalora.initial_rank", changed);
        Assert.Contains("Retrain/ia3-0-0: will run, because fine_tune.ia3.modules", changed);
        Assert.Equal(2, changed.Split("will run").Length - 1);
    }

    private void Write(string keys, string fineTune = "")
    {
        Directory.CreateDirectory(_folder.File("experiments"));
        string yaml = SmallSpec
            .Yaml()
            .Replace("  full_lr:", $"{fineTune}  full_lr:", StringComparison.Ordinal)
            .Replace(
                "  compare_percent",
                "  methods: [dora, adalora, pissa, ia3]\n  compare_percent",
                StringComparison.Ordinal
            );
        File.WriteAllText(_folder.File("experiments", "small.yaml"), $"{yaml}\n{keys}");
    }

    private string Run(string target = "Report")
    {
        StringWriter output = new();
        StudySession
            .Open(
                new StudyOptions
                {
                    RootFolder = _folder.Path,
                    Experiment = "small",
                    Jobs = 1,
                    Output = output,
                }
            )
            .RunUpTo(target);
        return output.ToString();
    }
}
