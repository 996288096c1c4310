using CircuitPipeline.Tensors.Reproducibility;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

public sealed class LockOfAStudy : IDisposable
{
    private readonly FakeStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Is_written_only_on_request()
    {
        _study.Run("GenerateData", "Pretrain");
        Assert.False(File.Exists(_study.LockPath));

        string run = Update();

        Assert.Contains("Pretrain: written to 'experiments/small.lock.json' (1 item).", run, StringComparison.Ordinal);
        Assert.Contains("\"Pretrain/model\"", File.ReadAllText(_study.LockPath), StringComparison.Ordinal);
        Assert.Contains(
            "Pretrain: as in 'experiments/small.lock.json' (1 item).",
            _study.Run("GenerateData", "Pretrain"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Is_the_same_for_two_runs_in_different_folders()
    {
        using FakeStudy other = new();

        Update();
        other.Run(other.Options(TextWriter.Null) with { UpdateLock = true, Jobs = 2 }, "GenerateData", "Pretrain");

        Assert.Equal(File.ReadAllText(_study.LockPath), File.ReadAllText(other.LockPath));
    }

    [Fact]
    public void A_difference_on_the_same_processor_class_is_a_warning()
    {
        Update();
        string before = File.ReadAllText(_study.LockPath);
        _study.Change("batch: 4", "batch: 8");

        string run = _study.Run("GenerateData", "Pretrain");

        Assert.Contains(
            "Pretrain: warning: 'experiments/small.lock.json' differs: Pretrain/model: its key is #…, and the lock has #…; if this is meant, write it with --update-lock.",
            run,
            StringComparison.Ordinal
        );
        Assert.Contains("GenerateData: as in", run, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_study.LockPath));
    }

    [Fact]
    public void A_difference_on_another_processor_class_is_a_note_where_numerics_are_fast()
    {
        _study.Change("seed: 7", "seed: 7\nnumerics: fast");
        Update();
        _study.Machine = _study.Machine with { ProcessorClass = "class-b" };
        _study.Write(
            SmallYaml
                .With("seed: 7", "seed: 7\nnumerics: fast")
                .Replace("batch: 4", "batch: 8", StringComparison.Ordinal)
        );

        string run = _study.Run("GenerateData", "Pretrain");

        Assert.Contains(
            "Pretrain: note: 'experiments/small.lock.json' was made with fast numerics on another processor class (class-a, here class-b) and differs: Pretrain/model:",
            run,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_difference_on_another_processor_class_is_a_warning_where_numerics_are_reproducible()
    {
        Update();
        _study.Machine = _study.Machine with { ProcessorClass = "class-b" };
        _study.Change("batch: 4", "batch: 8");

        string run = _study.Run("GenerateData", "Pretrain");

        Assert.Contains("Pretrain: warning: 'experiments/small.lock.json' differs:", run, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_numerics_are_a_note()
    {
        Update();

        string run = _study.Run(
            _study.Options(TextWriter.Null) with
            {
                Numerics = Numerics.Fast,
            },
            "GenerateData",
            "Pretrain"
        );

        Assert.Contains(
            "Pretrain: note: 'experiments/small.lock.json' was made with numerics 'reproducible', here they are 'fast', and differs: Pretrain/model: its key is #…",
            run,
            StringComparison.Ordinal
        );
        Assert.Contains("GenerateData: as in", run, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_numerics_do_not_mix_with_it_when_it_is_updated()
    {
        Update();

        _study.Run(
            _study.Options(TextWriter.Null) with
            {
                Numerics = Numerics.Fast,
                UpdateLock = true,
            },
            "GenerateData"
        );

        string text = File.ReadAllText(_study.LockPath);
        Assert.Contains("\"numerics\": \"fast\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Pretrain/model", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Updating_with_another_engine_keeps_the_items_that_need_none()
    {
        Update();
        _study.Engine = new FakeEngine("engine 2");

        Update();

        string text = File.ReadAllText(_study.LockPath);
        Assert.Contains("\"GenerateData/corpus\"", text, StringComparison.Ordinal);
        Assert.Contains("\"engine 2\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_another_engine_made_does_not_stay_in_it()
    {
        Update();
        string made = File.ReadAllText(_study.LockPath);
        File.WriteAllText(_study.LockPath, made.Replace("Pretrain/model", "Retrain/model", StringComparison.Ordinal));
        _study.Engine = new FakeEngine("engine 2");

        Update();

        string text = File.ReadAllText(_study.LockPath);
        Assert.Contains("\"GenerateData/corpus\"", text, StringComparison.Ordinal);
        Assert.Contains("\"Pretrain/model\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Retrain/model", text.Replace("Pretrain/model", ""), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stage_that_is_no_longer_there_leaves_it()
    {
        Update();
        string made = File.ReadAllText(_study.LockPath);
        File.WriteAllText(_study.LockPath, made.Replace("Pretrain/model", "DiscoverCircuits/model"));
        Assert.Contains("DiscoverCircuits/model", File.ReadAllText(_study.LockPath), StringComparison.Ordinal);

        Update();

        Assert.Equal(made, File.ReadAllText(_study.LockPath));
    }

    [Fact]
    public void An_item_that_is_no_longer_planned_leaves_the_lock()
    {
        _study.Data = FakeStage.Of(
            "GenerateData",
            ["corpus", "old"],
            (item, context) => File.WriteAllText(context.OutputFile("corpus.txt"), item)
        );
        Update();
        _study.Data = FakeStage.Of(
            "GenerateData",
            ["corpus"],
            (item, context) => File.WriteAllText(context.OutputFile("corpus.txt"), item)
        );
        Update();

        Assert.DoesNotContain("GenerateData/old", File.ReadAllText(_study.LockPath), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_lock_is_a_warning_and_stays_as_it_is()
    {
        File.WriteAllText(_study.LockPath, "{ half");

        string run = _study.Run("GenerateData");

        Assert.Contains("warning: ", run, StringComparison.Ordinal);
        Assert.Contains("restore it from git, or write it anew with --update-lock.", run, StringComparison.Ordinal);
        Assert.Equal("{ half", File.ReadAllText(_study.LockPath));
    }

    private string Update() =>
        _study.Run(_study.Options(TextWriter.Null) with { UpdateLock = true }, "GenerateData", "Pretrain");
}
