using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Study.Spec;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

/// <summary>Experiments over others by 'extends', and values over both by '--set'.</summary>
public sealed class ExtendedExperiments : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("extended-").FullName;

    public ExtendedExperiments() => Write("small", SmallYaml.Text);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Have_the_others_values_but_for_their_own()
    {
        Write(
            "more",
            "extends: small\nstudy: more\nseeds:\n  bases: 3\ndiscover:\n  edges_percent: [5]\n  compare_percent: 5\n"
        );

        ExperimentSpec spec = Read("more");

        Assert.Equal(("more", 7, 3, 1), (spec.Study, spec.Seed, spec.Seeds.Bases, spec.Seeds.Adapters));
        Assert.Equal([5.0], spec.Discover.EdgesPercent);
        Assert.Equal(CanonicalJson.Write(Read("small").FineTune), CanonicalJson.Write(spec.FineTune));
    }

    [Fact]
    public void Reach_through_several_files_and_the_nearest_counts()
    {
        Write("middle", "extends: small.yaml\nseed: 8\nseeds: {bases: 3, adapters: 2}\n");
        Write("top", "extends: middle\nseeds: {bases: 4}\n");

        ExperimentSpec spec = Read("top");

        Assert.Equal((8, 4, 2), (spec.Seed, spec.Seeds.Bases, spec.Seeds.Adapters));
    }

    [Fact]
    public void Take_a_checkpoint_in_the_place_of_a_shape_with_all_that_belongs_to_it()
    {
        string file = "{file: a.csv}";
        Write(
            "real",
            $"extends: small\nmodel: {{checkpoint: gpt2}}\npairs: {{train: {file}, validation: {file}, circuit: {file}, circuit_again: {file}, test: {file}}}\n"
        );

        ExperimentSpec spec = Read("real");

        Assert.Equal("gpt2", Assert.IsType<ModelCheckpointSpec>(spec.Model).Checkpoint);
        Assert.Null(spec.Pretrain);
        Write("other", "extends: real\nmodel: {adapter: mine}\n");
        Assert.Equal(
            ("gpt2", "mine"),
            (((ModelCheckpointSpec)Read("other").Model).Checkpoint, ((ModelCheckpointSpec)Read("other").Model).Adapter)
        );
    }

    [Fact]
    public void Take_away_what_they_name_without_a_value()
    {
        Write("with", SmallYaml.Text + "numerics: fast\n");
        Write("without", "extends: with\nnumerics:\n");

        Assert.Equal(Read("small").Numerics, Read("without").Numerics);
        Assert.NotEqual(Read("with").Numerics, Read("without").Numerics);
    }

    [Fact]
    public void May_take_away_what_is_not_there() =>
        Assert.Equal(Read("small").Seed, Read("small", "numerics=", "traps.padding=", "matrix=").Seed);

    [Fact]
    public void Are_not_named_on_the_command_line() =>
        Assert.Contains(
            "--set extends: error CP0008: cannot be set here, since what an experiment extends is read before; write 'extends' in a file, and name that.",
            Assert.Throws<InvalidExperimentException>(() => Read("small", "extends=tiny")).Message
        );

    [Fact]
    public void Are_under_the_values_of_the_command_line()
    {
        ExperimentSpec spec = Read(
            "small",
            "seed=9",
            "fine_tune.checkpoints=[2, 6]",
            "seeds={bases: 2}",
            "seed=10",
            "study=mine"
        );

        Assert.Equal(("mine", 10, 2), (spec.Study, spec.Seed, spec.Seeds.Bases));
        Assert.Equal([2, 6], spec.FineTune.Checkpoints);
    }

    [Theory]
    [InlineData(
        "extends: smal\n",
        "experiments/top.yaml(1,10): error CP0010: 'extends' is 'smal', but there is no such experiment in the same folder. Did you mean 'small'?"
    )]
    [InlineData("extend: small\n", "unknown key 'extend' in the experiment. Did you mean 'extends'?")]
    [InlineData("extends: top\n", "(1,10): error CP0010: 'extends' is 'top', which extends this experiment again.")]
    [InlineData("extends: ../small\n", "'extends' is '../small', but there is no such experiment in the same folder.")]
    [InlineData(
        "extends: [small]\n",
        "(1,10): error CP0008: 'extends' is a list, but must be the name of an experiment"
    )]
    [InlineData(
        "extends: wrong\nseed: x\n",
        "experiments/top.yaml(2,7): error CP0008: 'seed' is 'x', but must be a whole number from 0 to 2147483647.\nexperiments/wrong.yaml(4,1): error CP0007: unknown key 'stepz' in the experiment."
    )]
    [InlineData("extends: broken\n", "experiments/broken.yaml(2,1): error CP0003")]
    public void Are_told_with_the_file_that_is_wrong(string text, string expected)
    {
        Write("wrong", SmallYaml.Text.Replace("threads_per_job: 1\n", "threads_per_job: 1\nstepz: 1\n"));
        Write("broken", "study: [\n");
        Write("top", text);

        Assert.Contains(expected, Problems("top"));
    }

    [Theory]
    [InlineData(
        "fine_tune.stepz=4",
        "--set fine_tune.stepz: error CP0007: unknown key 'stepz' in 'fine_tune'. Did you mean 'steps'?"
    )]
    [InlineData("seed=many", "--set seed: error CP0008: 'seed' is 'many', but must be a whole number")]
    [InlineData("seed", "--set seed: error CP0008: must be KEY=VALUE, as 'fine_tune.rank=8'.")]
    [InlineData("seed=", "error CP0006: 'seed' is missing in the experiment")]
    [InlineData("seeds.bases=[", "--set seeds.bases: error CP0003: This is not YAML")]
    public void Are_told_the_option_whose_value_is_wrong(string setting, string expected) =>
        Assert.Contains(expected, Problems("small", setting));

    private string Problems(string name, params string[] settings) =>
        Assert.Throws<InvalidExperimentException>(() => Read(name, settings)).Message;

    private ExperimentSpec Read(string name, params string[] settings) =>
        SpecReader.ReadPlaces(Path.Combine(_folder, $"{name}.yaml"), $"experiments/{name}.yaml", settings).Spec;

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, $"{name}.yaml"), text);
}
