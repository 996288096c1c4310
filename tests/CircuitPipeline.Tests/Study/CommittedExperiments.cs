using CircuitPipeline.Pipeline.Errors;
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

        Assert.Equal((6, 64, 4, 256), (spec.Model.NLayers, spec.Model.DModel, spec.Model.NHeads, spec.Model.DMlp));
        Assert.Equal((0.25, "gelu"), (spec.Model.RotaryPct, spec.Model.Activation));
        Assert.Equal([0.9, 0.98], spec.Pretrain.Betas);
        Assert.Equal((24, 0.15), (spec.Data.SmallLimit, spec.Data.LargeShare));
    }

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
