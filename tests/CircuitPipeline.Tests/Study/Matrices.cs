using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Study.Spec;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

/// <summary>One file that is several studies.</summary>
public sealed class Matrices : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("matrix-").FullName;

    public Matrices() => Write("small", SmallYaml.Text);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Make_a_study_of_each_combination_the_last_key_changing_first()
    {
        Write("top", "extends: small\nmatrix:\n  fine_tune.rank: [2, 3]\n  seed: [7, 8]\n");

        ExperimentSpec[] studies = Read("top");

        Assert.Equal(
            ["small-rank-2-seed-7", "small-rank-2-seed-8", "small-rank-3-seed-7", "small-rank-3-seed-8"],
            studies.Select(study => study.Study)
        );
        Assert.Equal([(2, 7), (2, 8), (3, 7), (3, 8)], studies.Select(study => (study.FineTune.Rank, study.Seed)));
    }

    [Fact]
    public void May_vary_lists_groups_and_keys_that_the_file_does_not_give()
    {
        Write(
            "top",
            "extends: small\nmodel: {n_ctx: 32}\nmatrix:\n  fine_tune.checkpoints: [[6], [3, 6]]\n  seeds: [{bases: 1, adapters: 2}]\n  protocol: [paper]\n"
        );

        ExperimentSpec[] studies = Read("top");

        Assert.Equal(
            ["small-checkpoints-6-seeds-1-2-protocol-paper", "small-checkpoints-3-6-seeds-1-2-protocol-paper"],
            studies.Select(study => study.Study)
        );
        Assert.Equal([1, 2], studies.Select(study => study.FineTune.Checkpoints.Length));
        Assert.All(studies, study => Assert.Equal((2, StudyProtocol.Paper), (study.Seeds.Adapters, study.Protocol)));
    }

    [Fact]
    public void Are_called_by_whole_keys_where_two_end_alike()
    {
        Write("top", "extends: small\nmatrix:\n  pretrain.steps: [10]\n  discover.steps: [2]\n  seed: [7]\n");

        Assert.Equal("small-pretrain-steps-10-discover-steps-2-seed-7", Assert.Single(Read("top")).Study);
    }

    [Fact]
    public void Are_under_the_values_of_the_command_line_and_taken_away_by_one()
    {
        Write("top", "extends: small\nmatrix: {seed: [7, 8]}\n");

        Assert.Equal(["mine-seed-7", "mine-seed-8"], Read("top", "study=mine").Select(study => study.Study));
        Assert.Equal("small", Assert.Single(Read("top", "matrix=")).Study);
        Assert.Equal([5, 6, 9], Read("top", "matrix.seed=[5, 6, 9]").Select(study => study.Seed));
    }

    [Fact]
    public void Have_axes_of_groups_that_the_command_line_replaces_and_takes_away()
    {
        Write("top", "extends: small\nmatrix: {fine_tune.rank: [2, 3], seed: [7, 8]}\n");

        Assert.Equal(
            [(4, 7), (4, 8)],
            Read("top", "matrix.fine_tune.rank=[4]").Select(study => (study.FineTune.Rank, study.Seed))
        );
        Assert.Equal(
            [(4, 7), (4, 8)],
            Read("top", "matrix.fine_tune.rank=", "fine_tune.rank=4").Select(study => (study.FineTune.Rank, study.Seed))
        );
    }

    [Theory]
    [InlineData("matrix: {fine_tune.rank: [2, 3]}", "fine_tune.rank=8", "fine_tune.rank", "matrix=")]
    [InlineData("matrix: {fine_tune.rank: [2, 3]}", "fine_tune={rank: 8}", "fine_tune", "matrix=")]
    [InlineData(
        "matrix: {fine_tune.rank: [2], seed: [1]}",
        "fine_tune.rank=8",
        "fine_tune.rank",
        "matrix.fine_tune.rank="
    )]
    public void Refuse_a_value_of_the_command_line_whose_place_theirs_would_take(
        string matrix,
        string setting,
        string place,
        string away
    )
    {
        Write("top", $"extends: small\n{matrix}\n");

        Assert.Equal(
            $"--set {place}: error CP0009: 'matrix' varies 'fine_tune.rank', so that its values would take this one's place; write '--set \"matrix.fine_tune.rank=[…]\"' for other values, or take the key out of the matrix by '--set {away}'.",
            Assert.Throws<InvalidExperimentException>(() => Read("top", setting)).Message
        );
        Assert.Equal(8, Assert.Single(Read("top", "matrix=", setting)).FineTune.Rank);
    }

    [Theory]
    [InlineData(
        "matrix: 3\n",
        "top.yaml(2,9): error CP0009: 'matrix' is '3', but must be a group of keys with a list of values each"
    )]
    [InlineData("matrix: {seed: 3}\n", "'matrix.seed' is '3', but must be a list of values, one for each study.")]
    [InlineData("matrix: {seed: []}\n", "'matrix.seed' is a list, but must be a list of values")]
    [InlineData("matrix: {seed: [1, 1]}\n", "'matrix.seed' has the value '1' twice; list each once.")]
    [InlineData("matrix: {study: [a, b]}\n", "'study' cannot vary in 'matrix'")]
    [InlineData(
        "matrix: {sead: [1, 2]}\n",
        "top.yaml(2,17): error CP0007: unknown key 'sead' in the experiment. Did you mean 'seed'?"
    )]
    [InlineData("matrix: {fine_tune.rank: [2, x]}\n", "top.yaml(2,30): error CP0008: 'fine_tune.rank' is 'x'")]
    public void Say_what_is_wrong_with_them_once(string matrix, string expected)
    {
        Write("top", $"extends: small\n{matrix}");

        string problems = Assert.Throws<InvalidExperimentException>(() => Read("top")).Message;

        Assert.Contains(expected, problems);
        Assert.Equal(problems.Split('\n').Distinct(), problems.Split('\n'));
    }

    [Fact]
    public void Of_too_many_studies_are_refused()
    {
        string many = string.Join(", ", Enumerable.Range(0, 20));
        Write("top", $"extends: small\nmatrix: {{seed: [{many}], fine_tune.rank: [{many}]}}\n");

        Assert.Contains(
            "'matrix' makes more than 256 studies with this key",
            Assert.Throws<InvalidExperimentException>(() => Read("top")).Message
        );
    }

    [Fact]
    public void Are_refused_where_one_study_is_meant()
    {
        Write("top", "extends: small\nmatrix: {seed: [7, 8]}\n");

        Assert.Contains(
            "top.yaml: 'matrix' makes 2 studies, but one is expected here; take the key away, as by '--set matrix='.",
            Assert
                .Throws<InvalidExperimentException>(() =>
                    SpecReader.ReadPlaces(Path.Combine(_folder, "top.yaml"), "experiments/top.yaml", [])
                )
                .Message
        );
    }

    private ExperimentSpec[] Read(string name, params string[] settings) =>
        [
            .. SpecReader
                .ReadAll(Path.Combine(_folder, $"{name}.yaml"), $"experiments/{name}.yaml", settings)
                .Select(study => study.Spec),
        ];

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, $"{name}.yaml"), text);
}
