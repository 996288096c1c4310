using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Tensors.Reproducibility;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

public sealed class Decided : IDisposable
{
    private readonly FakeStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void The_first_run_makes_everything_and_the_second_nothing()
    {
        string first = _study.Run("GenerateData", "Pretrain", "FineTune");
        string second = _study.Run("GenerateData", "Pretrain", "FineTune");

        Assert.Equal(
            """
            GenerateData/corpus: will run, because nothing is stored for it yet
            GenerateData/corpus: writes lines
            GenerateData/corpus: done in 0.0 s (key #)
            There is no lock 'experiments/small.lock.json' to compare with; write it with --update-lock.
            Pretrain/model: will run, because nothing is stored for it yet
            Pretrain/model: done in 0.0 s (key #)
            FineTune: this version ends before this stage.

            """,
            first
        );
        Assert.Equal(
            """
            GenerateData/corpus: cached (key #)
            There is no lock 'experiments/small.lock.json' to compare with; write it with --update-lock.
            Pretrain/model: cached (key #)
            FineTune: this version ends before this stage.

            """,
            second
        );
    }

    [Fact]
    public void A_changed_value_of_the_slice_is_the_reason()
    {
        _study.Run("GenerateData", "Pretrain");
        _study.Change("batch: 4", "batch: 8");

        Assert.Equal(
            "GenerateData/corpus: cached (key #)\nPretrain/model: will run, because pretrain.batch changed 4 -> 8",
            _study.Explain("Pretrain")
        );
    }

    [Fact]
    public void A_change_after_a_cached_run_is_told_from_what_was_current()
    {
        _study.Run("GenerateData", "Pretrain");
        _study.Change("batch: 4", "batch: 8");
        _study.Run("GenerateData", "Pretrain");
        _study.Write(SmallYaml.Text);
        _study.Run("GenerateData", "Pretrain");
        _study.Change("batch: 4", "batch: 16");

        Assert.EndsWith("because pretrain.batch changed 4 -> 16", _study.Explain("Pretrain"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_slice_has_reruns_nothing()
    {
        _study.Run("GenerateData", "Pretrain");
        _study.Change("n_layers: 2", "n_layers: 3");

        Assert.DoesNotContain("will run", _study.Explain("Pretrain"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_after_one_that_runs_waits_for_its_result()
    {
        _study.Run("GenerateData", "Pretrain");
        _study.Change("seed: 7", "seed: 8");

        Assert.Equal(
            "GenerateData/corpus: will run, because seed changed 7 -> 8\nPretrain/model: will run, because its input GenerateData/corpus will be rebuilt",
            _study.Explain("Pretrain")
        );
        Assert.Contains(
            "Pretrain/model: will run, because input GenerateData/corpus/corpus.txt changed #… -> #…",
            _study.Run("GenerateData", "Pretrain"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_rebuilt_input_with_the_same_bytes_leaves_the_next_item_cached()
    {
        _study.Run("GenerateData", "Pretrain");
        _study.Data = _study.Data with { Version = 2 };

        string run = _study.Run("GenerateData", "Pretrain");

        Assert.Contains(
            "GenerateData/corpus: will run, because the stage's version changed 1 -> 2",
            run,
            StringComparison.Ordinal
        );
        Assert.Contains("Pretrain/model: cached", run, StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_code_is_named_and_a_comment_is_no_change()
    {
        _study.Run("GenerateData");

        _study.Data = _study.Data with { Source = "commented" };
        Assert.Equal("GenerateData/corpus: cached (key #)", _study.Explain("GenerateData"));

        _study.Data = _study.Data with { Source = "after" };
        Assert.Equal(
            "GenerateData/corpus: will run, because the code of Sample changed",
            _study.Explain("GenerateData")
        );
    }

    [Fact]
    public void The_rooms_a_stage_calls_count()
    {
        _study.Run("GenerateData");

        _study.Data = _study.Data with { Rooms = [typeof(CorpusSpec).Assembly] };

        Assert.Equal(
            "GenerateData/corpus: will run, because the code of Prompts was added",
            _study.Explain("GenerateData")
        );
    }

    [Fact]
    public void The_engine_the_device_the_numerics_and_the_threads_count_for_an_item_that_computes()
    {
        _study.Run("GenerateData", "Pretrain");
        _study.Engine = new FakeEngine("engine 2");
        _study.Change("threads_per_job: 1", "threads_per_job: 2");

        using StringWriter output = new();
        PipelineSession session = _study.Open(
            output,
            _study.Options(output) with
            {
                Device = "cuda",
                Numerics = Numerics.Fast,
            }
        );

        Assert.Equal(
            [
                "cached",
                "will run, because device changed cpu -> cuda; engine changed engine 1 -> engine 2; numerics changed reproducible -> fast; threads changed 1 -> 2",
            ],
            session
                .Explain("Pretrain")
                .Select(decision => decision.IsCached ? "cached" : $"will run, because {decision.Reason}")
        );
    }

    [Fact]
    public void Explaining_runs_and_writes_nothing()
    {
        string explained = _study.Explain("Report");

        Assert.Equal(
            "GenerateData/corpus: will run, because nothing is stored for it yet\nPretrain/model: will run, because its input GenerateData/corpus will be rebuilt",
            explained
        );
        Assert.Equal(
            ["experiments/small.yaml"],
            Directory
                .GetFiles(_study.Root, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(_study.Root, file))
        );
    }

    [Fact]
    public void A_damaged_file_is_noticed_and_only_its_item_runs()
    {
        _study.Run("GenerateData", "Pretrain");
        string blob = Directory
            .GetFiles(Path.Combine(_study.Root, "artifacts", "store", "blobs"), "*", SearchOption.AllDirectories)
            .Single(file => File.ReadAllText(file).StartsWith("{\"data\"", StringComparison.Ordinal));
        File.Delete(blob);
        File.WriteAllText(blob, "damaged");

        string run = _study.Run("GenerateData", "Pretrain");

        Assert.Matches("GenerateData/corpus: will run, because blob #… .corpus.txt. is damaged", run);
        Assert.Contains("Pretrain/model: cached", run, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stage_run_before_its_inputs_exist_says_what_to_run()
    {
        StageFailedException failure = Assert.Throws<StageFailedException>(() => _study.Run("Pretrain"));

        Assert.Equal(
            "Stage 'Pretrain' cannot start: item 'model' must wait, because its input GenerateData/corpus will be rebuilt; run the stages before it first.",
            failure.Message
        );
    }
}
