using System.Text.Json;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Tests.Circuits;
using Xunit;

namespace CircuitPipeline.Tests.ToolFront;

/// <summary>A difference of two circuits is the models' only when both were found alike.</summary>
public sealed class CircuitsFoundDifferently : IDisposable
{
    private const string Begin = "the two circuits were found in different ways (";
    private readonly CircuitFilesOfATest _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void By_another_metric_and_size_are_compared_with_a_warning()
    {
        EdgeScores other = Made.Scores(CircuitFilesOfATest.Graph, seed: 2);
        other = new EdgeScores(other.Graph, other.Values, other.Origin with { Metric = "accuracy" });
        File.WriteAllBytes(_files["other.json"], CircuitFile.Write(new TopN(20).Select(other).Prune()));

        InProcess diff = InProcess.Run("diff", _files["before.json"], _files["other.json"], "--json");

        string warning = Assert.Single(diff.Json.GetProperty("warnings").EnumerateArray()).GetString()!;
        Assert.Equal(0, diff.ExitCode);
        Assert.StartsWith(
            $"{Begin}metric '{Made.Origin.Metric}' and 'accuracy', edges asked '30' and '20'), so what differs may come from that",
            warning
        );
    }

    [Fact]
    public void With_other_pairs_types_and_instructions_are_named_where_both_say_so()
    {
        PairsOrigin pairs = new(9, 2, "tokenizer.json", [0, 7], FirstTokenAnswers: true);
        Write("a.json", Made.Origin with { Examples = 7, Dtype = "float32", Numerics = "fast", Pairs = pairs });
        Write("b.json", Made.Origin with { Examples = 9, Dtype = "float64", Numerics = "reproducible" });
        Write("c.json", Made.Origin with { Examples = 7, Dtype = null, Numerics = null, Pairs = pairs });

        Assert.Contains(
            $"{Begin}examples '7' and '9', dtype 'float32' and 'float64', numerics 'fast' and 'reproducible', "
                + "tokenizer of the pairs 'tokenizer.json' and 'none', tokens before every prompt '0 7' and 'none', "
                + "first tokens for answers 'yes' and 'no', rows left out '2' and '0')",
            Run("diff a.json b.json").Error
        );
        Assert.Equal("", Run("diff a.json c.json").Error);

        void Write(string name, ScoreOrigin origin)
        {
            EdgeScores scores = Made.Scores(CircuitFilesOfATest.Graph, seed: 2);
            scores = new EdgeScores(scores.Graph, scores.Values, origin);
            File.WriteAllBytes(_files[name], CircuitFile.Write(new TopN(30).Select(scores).Prune()));
        }
    }

    [Fact]
    public void By_others_who_say_nothing_of_it_are_compared_without_a_word()
    {
        EdgeScores scores = Made.Scores(CircuitFilesOfATest.Graph, seed: 2);
        scores = new EdgeScores(scores.Graph, scores.Values, ScoreOrigin.Unknown);
        File.WriteAllBytes(
            _files["a.json"],
            CircuitFile.Write(new Circuit(scores.Graph, [0, 1, 2], SelectionOrigin.Unknown(3), scores))
        );

        Assert.Equal("", Run("diff a.json a.json").Error);
    }

    [Theory]
    [InlineData("diff before.json other.json")]
    [InlineData("union before.json other.json --out u.json")]
    [InlineData(
        "plan --before before.json --after other.json --rule flips --top-k 1 --rank 1 --critical-rank 4 --model . --out plan"
    )]
    public void Are_named_by_every_command_that_compares(string line)
    {
        EdgeScores scores = Made.Scores(CircuitFilesOfATest.Graph, seed: 2);
        File.WriteAllBytes(_files["other.json"], CircuitFile.Write(new TopN(30, signed: true).Select(scores).Prune()));

        InProcess run = Run(line);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"Warning: {Begin}signed 'no' and 'yes')", run.Error);
    }

    [Fact]
    public void Are_not_those_of_one_method_and_size()
    {
        InProcess diff = InProcess.Run("diff", _files["before.json"], _files["after.json"], "--json");

        Assert.Equal("", diff.Error);
        Assert.Equal(
            JsonValueKind.Undefined,
            diff.Json.TryGetProperty("warnings", out JsonElement none) ? none[0].ValueKind : default
        );
    }

    [Theory]
    [InlineData(true, 16)]
    [InlineData(false, 8)]
    public void Of_another_architecture_make_no_plan(bool parallel, int width)
    {
        ComputationGraph graph = new(2, 2, parallel, width);
        foreach ((string name, int seed) in (ReadOnlySpan<(string, int)>)[("a.json", 1), ("b.json", 2)])
        {
            File.WriteAllBytes(_files[name], CircuitFile.Write(new TopN(10).Select(Made.Scores(graph, seed)).Prune()));
        }

        InProcess run = Run(
            "plan --before a.json --after b.json --rule flips --top-k 1 --rank 1 --critical-rank 4 --model . --out plan"
        );

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("name the model that the circuits are of.", run.Error);
        Assert.False(File.Exists(Path.Combine(_files["plan"], "rank-plan.json")));
    }

    [Fact]
    public void Plans_name_the_default_that_does_not_fit()
    {
        InProcess run = Run("plan --before before.json --after after.json --rule flips --model . --out plan");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'--top-k' is not given and is 5 then, but the model has 2 layers; give 1 to 1.", run.Error);
    }

    private InProcess Run(string line) =>
        InProcess.Run(line.Split(' ').Select((word, place) => place == 0 ? word : InFolder(word)));

    private string InFolder(string word) =>
        word is "." ? _files.Model
        : word is "plan" || word.EndsWith(".json", StringComparison.Ordinal) ? _files[word]
        : word;
}
