using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Pipeline.Stages;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

public sealed class ResultsOfAStudy : IDisposable
{
    private readonly FakeStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Lie_under_readable_names()
    {
        _study.Run("GenerateData", "Pretrain");

        string model = File.ReadAllText(
            Path.Combine(_study.Root, "artifacts", "small", "Pretrain", "model", "model.txt")
        );

        Assert.StartsWith("{\"pretrain\":{\"batch\":4,", model, StringComparison.Ordinal);
        Assert.Contains("on cpu with 1 from {\"data\":", model, StringComparison.Ordinal);
    }

    [Fact]
    public void Carry_their_provenance_which_is_not_in_the_key()
    {
        _study.Run("GenerateData", "Pretrain");
        _study.Machine = _study.Machine with { GitCommit = "def456", Host = "elsewhere" };

        ItemDecision model = _study.Open(TextWriter.Null).Explain("Pretrain")[^1];

        Assert.True(model.IsCached);
        Assert.Equal(
            [
                "device=cpu",
                "engine=engine 1",
                "engine.blas=none",
                "git.commit=abc123",
                "git.dirty=true",
                "host=host",
                "jobs=1",
                "numerics=reproducible",
                "processor=class-a",
                "seconds=0.000",
                "started=2026-01-02T03:04:05Z",
                "study=small",
                "threads=1",
            ],
            model
                .Record!.Provenance.Where(fact =>
                    fact.Key is not ("dotnet" or "system" or "version" or "process.peak_memory_bytes")
                )
                .Select(fact => $"{fact.Key}={fact.Value}")
        );
        Assert.True(
            long.Parse(
                model.Record.Provenance["process.peak_memory_bytes"],
                System.Globalization.CultureInfo.InvariantCulture
            ) > 1_000_000
        );
    }

    [Fact]
    public void Are_shared_by_studies_with_the_same_slices()
    {
        _study.Run("GenerateData");
        _study.Change("study: small", "study: other");

        Assert.Equal("GenerateData/corpus: cached (key #)", _study.Explain("GenerateData"));
    }

    [Fact]
    public void The_engine_is_set_to_what_the_spec_says_for_each_job_that_uses_it()
    {
        _study.Change("threads_per_job: 1", "threads_per_job: 3\nnumerics: fast");

        _study.Run("GenerateData", "Pretrain");

        Assert.Equal([new EngineSettings("cpu", 3, "fast")], _study.Engine.Prepared);
    }
}
