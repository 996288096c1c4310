using System.Text.Json;
using CircuitPipeline.Circuits.Adapters;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Testing;
using CircuitPipeline.TorchTests.Training.Adapters;
using CircuitPipeline.Training.Adapters;
using TorchSharp;
using Xunit;

namespace CircuitPipeline.TorchTests.ToolFront;

/// <summary>Adapters on the command line: over a model, as a folder of their own, merged into a checkpoint, and those that do not fit.</summary>
public sealed class AdaptersFromTheTool : IDisposable
{
    private const string Attribute = "attribute --pairs pairs.jsonl --method eap --dtype float64 --threads 1 --out";
    private readonly AdapterCase _case = new("published-llama", "lora");
    private readonly TemporaryFolder _folder = new();

    public AdaptersFromTheTool() =>
        File.WriteAllText(
            _folder.File("pairs.jsonl"),
            """
            {"clean": [1, 2, 3], "corrupted": [1, 4, 3], "label": [5, 6]}
            {"clean": [7, 2, 3], "corrupted": [7, 8, 3], "label": [6, 5]}

            """
        );

    public void Dispose()
    {
        _case.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Merged_make_a_checkpoint_that_computes_what_the_formulas_say_and_keeps_the_models_own_file()
    {
        ToolRun run = Run("merge", "--model", _case.BaseFolder, "--adapter", _case.Folder, "--out", "merged", "--json");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("LoRA", run.Json.GetProperty("method").GetString());
        Assert.Equal("float64", run.Json.GetProperty("dtype").GetString());
        using Transformer merged = Checkpoint.Load(_folder.File("merged"), torch.float64, torch.CPU);
        Assert.InRange(_case.Distance(merged), 0, 1e-10);
        Assert.Equal(
            File.ReadAllText(Path.Combine(_case.BaseFolder, "config.json")),
            File.ReadAllText(_folder.File("merged", "config.json"))
        );
    }

    [Fact]
    public void Give_the_scores_of_the_merged_checkpoint_and_are_recorded()
    {
        Run("merge", "--model", _case.BaseFolder, "--adapter", _case.Folder, "--out", "merged");

        ToolRun over = Run([.. Attribute.Split(' '), "a.json", "--model", _case.BaseFolder, "--adapter", _case.Folder]);
        Run([.. Attribute.Split(' '), "b.json", "--model", "merged"]);
        Run([.. Attribute.Split(' '), "c.json", "--model", _case.BaseFolder]);

        Assert.True(over.ExitCode == 0, over.Error);
        Assert.Equal(Scores("b.json"), Scores("a.json"));
        Assert.NotEqual(Scores("c.json"), Scores("a.json"));
        Assert.Equal("LoRA", ScoresFile.Read(_folder.File("a.json")).Origin.Model!.Adapter!.Method);
        Assert.Null(ScoresFile.Read(_folder.File("c.json")).Origin.Model!.Adapter);
    }

    [Fact]
    public void Stand_for_their_base_model_where_their_folder_names_it()
    {
        NameBase(_case.BaseFolder);

        ToolRun alone = Run([.. Attribute.Split(' '), "a.json", "--model", _case.Folder]);
        Run([.. Attribute.Split(' '), "b.json", "--model", _case.BaseFolder, "--adapter", _case.Folder]);
        ToolRun seen = Run("inspect", _case.Folder);

        ToolRun merged = Run("merge", "--model", _case.Folder, "--out", "merged");

        Assert.True(alone.ExitCode == 0, alone.Error);
        Assert.True(merged.ExitCode == 0, merged.Error);
        Assert.Equal(Scores("b.json"), Scores("a.json"));
        Assert.Contains("base family: llama", seen.Output);
        Assert.DoesNotContain("refused", seen.Output);
    }

    [Fact]
    public void Of_CircuitLoras_authors_are_converted_for_PEFT()
    {
        using AdapterCase authors = new("published-llama", "circuit-lora");

        ToolRun run = Run("convert", authors.Folder, "--model", authors.BaseFolder, "--out", "peft");

        Assert.True(run.ExitCode == 0, run.Error);
        PeftFolder converted = PeftFolder.Open(_folder.File("peft"));
        Assert.False(converted.Config.IsOfCircuitLora);
        using Transformer model = authors.Model(torch.float64);
        converted.MergeInto(model);
        Assert.InRange(authors.Distance(model), 0, 1e-10);
    }

    [Theory]
    [InlineData("nobody/nothing", "'nobody/nothing': there is no such file or folder, and the Hub's cache")]
    [InlineData("nothing\0at all", "the adapter's base model is 'nothing?at all', but there is no such folder")]
    [InlineData("/no/such/folder", "the adapter's base model is '/no/such/folder', but there is no such folder")]
    [InlineData(null, "'adapter_config.json' does not say 'base_model_name_or_path'; name the base model")]
    public void Say_what_is_missing_where_the_base_model_is_not_at_hand(string? name, string expected)
    {
        NameBase(name);

        ToolRun run = Run([.. Attribute.Split(' '), "a.json", "--model", _case.Folder]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error);
        Assert.Contains("refused: ", Run("inspect", _case.Folder).Output);
    }

    [Fact]
    public void Of_another_model_are_refused_by_a_tensors_name()
    {
        using AdapterCase other = new("published-gpt2", "lora");

        ToolRun run = Run([.. Attribute.Split(' '), "a.json", "--model", other.BaseFolder, "--adapter", _case.Folder]);

        Assert.Equal(2, run.ExitCode);
        Assert.Single(run.Error.TrimEnd().Split('\n'), line => line.Contains("adapter", StringComparison.Ordinal));
        Assert.False(File.Exists(_folder.File("a.json")));
    }

    [Theory]
    [InlineData("merge --model BASE --out merged", "'--adapter' is not given")]
    [InlineData("merge --model BASE --adapter BASE --out merged", "there is no 'adapter_config.json'")]
    [InlineData("merge --model BASE --adapter ADAPTER --out ADAPTER", "which the command reads; name another place")]
    [InlineData("merge --model BASE --adapter ADAPTER --out .", "that folder holds something already")]
    [InlineData("merge --model ADAPTER --adapter ADAPTER --out merged", "another one is to be put over it")]
    [InlineData("pairs pairs.jsonl --model ADAPTER --out ADAPTER/adapter_config.json", "which the command reads")]
    [InlineData(
        "attribute --pairs pairs.jsonl --method eap --model BASE --adapter ADAPTER --out ADAPTER/adapter_config.json",
        "which the command reads; name another place"
    )]
    [InlineData("convert ADAPTER --model ADAPTER --out peft", "an adapter has one base model; name that")]
    [InlineData("convert ADAPTER --model BASE --out peft", "in PEFT's form already; use it as it is")]
    public void Are_refused_in_one_sentence_and_nothing_is_left(string line, string expected)
    {
        NameBase(_case.BaseFolder);

        ToolRun run = Run(
            line.Split(' ')
                .Select(word => word.Replace("BASE", _case.BaseFolder).Replace("ADAPTER", _case.Folder))
                .ToArray()
        );

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error);
        Assert.Equal(["pairs.jsonl"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Are_found_their_base_past_folders_that_only_have_its_name()
    {
        Copy(_case.BaseFolder, "runs/gpt2");
        Copy(_case.Folder, "runs/later/gpt2/gpt2");
        NameBase("gpt2", _folder.File("runs", "later", "gpt2", "gpt2"));

        string found = Run("inspect", "runs/later/gpt2/gpt2").Output;

        Assert.Contains($"base model: {_folder.File("runs", "gpt2")}\n", found);
    }

    [Fact]
    public void Are_warned_of_over_another_folder_than_their_own_base()
    {
        Copy(_case.BaseFolder, "copy");
        NameBase(_case.BaseFolder);

        ToolRun other = Run("merge", "--model", "copy", "--adapter", _case.Folder, "--out", "a");
        ToolRun own = Run("merge", "--model", _case.BaseFolder, "--adapter", _case.Folder, "--out", "b");

        Assert.Equal(0, other.ExitCode);
        Assert.Contains("Warning: the adapter '", other.Error);
        Assert.Contains("and is put over 'copy'.", other.Error);
        Assert.DoesNotContain("Warning", own.Error);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("")]
    [InlineData("{\"base_model_name_or_path\": [\"base\"]}")]
    public void Whose_configuration_cannot_be_read_are_not_said_to_name_no_base(string config)
    {
        File.WriteAllText(Path.Combine(_case.Folder, PeftAdapterConfig.FileName), config);

        ToolRun run = Run("merge", "--model", _case.Folder, "--out", "merged");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("cannot be read, so that its base model is not known", run.Error);
    }

    [Fact]
    public void Are_merged_behind_a_link_that_stays_one()
    {
        Directory.CreateDirectory(_folder.File("disk"));
        Directory.CreateSymbolicLink(_folder.File("merged"), "disk");

        Run("merge", "--model", _case.BaseFolder, "--adapter", _case.Folder, "--out", "merged");

        Assert.Equal("disk", new DirectoryInfo(_folder.File("merged")).LinkTarget);
        Assert.True(File.Exists(_folder.File("disk", "model.safetensors")));
    }

    [Fact]
    public void That_change_nothing_are_warned_of()
    {
        string weights = Path.Combine(_case.Folder, PeftFolder.WeightsFile);
        Dictionary<string, torch.Tensor> tensors = [];
        using (torch.NewDisposeScope())
        {
            Safetensors.Read(
                weights,
                (name, tensor) =>
                    tensors.Add(
                        name,
                        (name.Contains("lora_B") ? torch.zeros_like(tensor) : tensor).MoveToOuterDisposeScope()
                    )
            );
            Safetensors.Write(weights, tensors);
        }

        NameBase(_case.BaseFolder);

        ToolRun merged = Run("merge", "--model", _case.Folder, "--out", "merged");
        ToolRun over = Run([.. Attribute.Split(' '), "a.json", "--model", _case.Folder]);
        ToolRun seen = Run("inspect", _case.Folder);

        const string Warning = "changes nothing: in each of its modules a factor of the update is 0 everywhere";
        Assert.All((ToolRun[])[merged, over], run => Assert.Equal(0, run.ExitCode));
        Assert.All((ToolRun[])[merged, over, seen], run => Assert.Contains(Warning, run.Error));
    }

    [Fact]
    public void Heed_what_is_passed_over_in_their_base_model()
    {
        Copy(_case.BaseFolder, "base");
        NameBase(_folder.File("base"));
        string config = _folder.File("base", "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("\"model_type\"", "\"foo\": 1, \"model_type\""));

        string unknown = Run("inspect", _case.Folder).Output;
        string heeded = Run("inspect", _case.Folder, "--ignore-key", "foo").Output;
        string useless = Run("inspect", _case.Folder, "--ignore-key", "foo", "--ignore-key", "bar").Output;
        ToolRun tensors = Run("inspect", _case.Folder, "--ignore-tensors", "v_head.*");

        Assert.Contains("refused: ", unknown);
        Assert.DoesNotContain("refused: ", heeded);
        Assert.Contains("base family: llama", heeded);
        Assert.Contains("refused: '--ignore-key' is 'bar'", useless);
        Assert.Equal(2, tensors.ExitCode);
        Assert.Contains("'--ignore-tensors' cannot be used here", tensors.Error);
    }

    private void Copy(string folder, string to)
    {
        Directory.CreateDirectory(_folder.File(to));
        foreach (string file in Directory.GetFiles(folder))
        {
            File.Copy(file, Path.Combine(_folder.File(to), Path.GetFileName(file)));
        }
    }

    private double[] Scores(string file) => [.. ScoresFile.Read(_folder.File(file)).Values];

    private void NameBase(string? name, string? folder = null)
    {
        string path = Path.Combine(folder ?? _case.Folder, PeftAdapterConfig.FileName);
        Dictionary<string, object?> config = JsonSerializer.Deserialize<Dictionary<string, object?>>(
            File.ReadAllText(path)
        )!;
        config["base_model_name_or_path"] = name;
        File.WriteAllText(path, JsonSerializer.Serialize(config));
    }

    private ToolRun Run(params string[] arguments) => ToolRun.In(_folder.Path, arguments);
}
