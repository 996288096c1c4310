using System.Collections.Immutable;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Locks;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Pipeline.Store;
using CircuitPipeline.Study;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

public sealed class CommittedExperiments
{
    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.yaml").Select(file => Path.GetFileName(file))];
    private static string Folder => Path.Combine(RepositoryRoot.Path, "experiments");

    [Theory]
    [MemberData(nameof(Names))]
    public void Are_read_and_named_as_their_file(string name)
    {
        ExperimentSpec spec = SpecReader.ReadFile(Path.Combine(Folder, name), name);

        Assert.Equal(Path.GetFileNameWithoutExtension(name), spec.Study);
    }

    [Fact]
    public void The_default_study_has_the_model_and_the_training_of_the_issue()
    {
        ExperimentSpec spec = SpecReader.ReadFile(Path.Combine(Folder, "tiny.yaml"), "tiny.yaml");

        FromScratchSpec own = spec.FromScratch!;
        Assert.Equal((6, 64, 4, 256), (own.Model.NLayers, own.Model.DModel, own.Model.NHeads, own.Model.DMlp));
        Assert.Equal((0.25, "gelu"), (own.Model.RotaryPct, own.Model.Activation));
        Assert.Equal([0.9, 0.98], own.Pretrain.Betas);
        Assert.Equal((24, 0.15), (own.Data.SmallLimit, own.Data.LargeShare));
    }

    // Keys move with the code; the bytes of an experiment that names no file of pairs do not.
    [Fact]
    public void Draw_the_corpus_and_the_pairs_whose_digests_are_locked()
    {
        using FakeStudy study = new();
        File.Copy(Path.Combine(Folder, "tiny.yaml"), Path.Combine(study.Root, "experiments", "tiny.yaml"));
        StudySession
            .Open(study.Options(TextWriter.Null) with { Experiment = "tiny" })
            .RunStage(GenerateDataFiles.StageName);

        int compared = 0;
        foreach ((string item, LockedItem locked) in StudyLock.Read(Path.Combine(Folder, "tiny.lock.json")).Items)
        {
            if (item.Split('/') is [GenerateDataFiles.StageName, { } name])
            {
                compared++;
                string made = Path.Combine(study.Root, "artifacts", "tiny", GenerateDataFiles.StageName, name);
                Assert.Equal(
                    locked.Outputs,
                    Directory
                        .GetFiles(made)
                        .ToImmutableSortedDictionary(
                            file => Path.GetFileName(file),
                            Digest.OfFile,
                            StringComparer.Ordinal
                        )
                );
            }
        }

        Assert.Equal(3, compared);
    }

    [Fact]
    public void Are_quoted_in_the_report_without_keys_that_they_do_not_give() =>
        Assert.DoesNotContain(
            "pairs",
            CanonicalJson.Write(SpecReader.ReadFile(Path.Combine(Folder, "tiny.yaml"), "tiny.yaml"))
        );

    [Fact]
    public void Five_hundred_damaged_copies_are_read_or_refused_line_by_line()
    {
        string path = Path.GetTempFileName();

        Hostile.Refuses<InvalidExperimentException>(
            File.ReadAllBytes(Path.Combine(Folder, "tiny.yaml")),
            seed: 2,
            damaged =>
            {
                File.WriteAllBytes(path, damaged);
                SpecReader.ReadFile(path, "tiny.yaml");
            },
            @"\A(tiny\.yaml\(\d+,\d+\): error CP000\d: [^\r\n]+(\n|\z))+\z"
        );

        File.Delete(path);
    }
}
