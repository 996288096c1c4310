using System.Text;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Tests.ToolFront;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

/// <summary>Files of scores that say which model they are of, and those that do not.</summary>
public sealed class ScoresOfANamedModel
{
    private static readonly string Digest = new('a', 64);

    private static readonly ModelOrigin Model = new(Digest)
    {
        Id = "org/name",
        Commit = new string('c', 40),
        IgnoredKeys = ["new_part"],
        IgnoredTensors = ["v_head.weight", "v_head.bias"],
        Adapter = new AdapterOrigin("../tuned", new string('b', 64), "lora"),
    };

    private static readonly EdgeScores Scores = Named(Model);

    [Fact]
    public void Say_it_again_when_they_are_read_and_so_do_circuits_of_them()
    {
        EdgeScores read = ScoresFile.Parse(ScoresFile.Write(Scores), "s.json");
        Circuit circuit = CircuitFile.Parse(CircuitFile.Write(new TopN(5).Select(read).Prune()), "c.json");

        Assert.Equal(Model, read.Origin.Model);
        Assert.Equal(Model, circuit.Scores!.Origin.Model);
        Assert.Equal(ScoresFile.Write(Scores), ScoresFile.Write(read));
    }

    [Fact]
    public void Differ_from_those_of_another_model()
    {
        Assert.NotEqual(Model, Model with { Digest = new string('d', 64) });
        Assert.NotEqual(Model, Model with { Commit = null });
        Assert.NotEqual(Model, Model with { IgnoredKeys = [] });
        Assert.NotEqual(Model, Model with { IgnoredTensors = ["v_head.weight"] });
        Assert.NotEqual(Model, Model with { Adapter = null });
        Assert.Equal(Model.GetHashCode(), (Model with { IgnoredKeys = ["new_part"] }).GetHashCode());
    }

    [Fact]
    public void Have_no_key_for_what_is_not_known()
    {
        string nothing = Text(Made.Scores(Made.OneHead, 1));
        string folder = Text(Named(new ModelOrigin(Digest)));

        Assert.DoesNotContain("\"model\"", nothing);
        Assert.Contains(
            $$"""
            "model":{"digest":"{{Digest}}"}
            """,
            folder
        );
    }

    [Theory]
    [InlineData("\"digest\":\"a", "\"digest\":\"A", "a model's or adapter's 'digest' is 'Aaaa")]
    [InlineData("\"digest\":\"b", "\"digest\":\"", "a model's or adapter's 'digest' is 'bbbb")]
    [InlineData("\"digest\":\"a", "\"tsegid\":\"a", "a model or adapter lacks a 'digest'")]
    [InlineData("\"method\":\"lora\"", "\"method\":null", "a model or adapter lacks a 'method'")]
    [InlineData(
        "\"ignored_keys\":[",
        "\"ignored_keys\":[1,",
        "'circuit_pipeline.scores.model.ignored_keys' is '1', but a text is allowed."
    )]
    [InlineData(
        "\"id\":\"org/name\"",
        "\"id\":{}",
        "'circuit_pipeline.scores.model.id' is an object, but a text is allowed."
    )]
    public void That_are_damaged_there_are_refused(string found, string replaced, string sentence)
    {
        string text = Text(Scores);
        Assert.Contains(found, text);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            ScoresFile.Parse(Encoding.UTF8.GetBytes(text.Replace(found, replaced)), "s.json")
        );

        Assert.StartsWith($"s.json: {sentence}", error.Message);
    }

    [Fact]
    public void Are_shown_by_inspect_in_one_line_each()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, ScoresFile.Write(Named(Model with { IgnoredTensors = ["v\nw", "x"] })));

            string[] lines = InProcess.Run("inspect", file).Output.Split('\n');

            Assert.Contains("  model: org/name", lines);
            Assert.Contains($"  commit: {Model.Commit}", lines);
            Assert.Contains($"  digest of the model: {Digest}", lines);
            Assert.Contains("  ignored keys: new_part", lines);
            Assert.Contains("  ignored tensors: v w, x", lines);
            Assert.Contains("  adapter: ../tuned", lines);
            Assert.Contains("  method of the adapter: lora", lines);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static EdgeScores Named(ModelOrigin model)
    {
        EdgeScores scores = Made.Scores(new ComputationGraph(2, 2, true), 1);
        return new EdgeScores(scores.Graph, scores.Values, scores.Origin with { Model = model });
    }

    private static string Text(EdgeScores scores) => Encoding.UTF8.GetString(ScoresFile.Write(scores));
}
