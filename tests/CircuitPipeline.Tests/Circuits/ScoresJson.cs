using System.Text;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

public sealed class ScoresJson
{
    [Fact]
    public void Has_every_edge_and_none_in_the_circuit()
    {
        EdgeScores scores = new(Made.OneHead, [3, -5, 2, -2, 0, 1, 4, 2e-300], Made.Origin);

        string text = Encoding.UTF8.GetString(ScoresFile.Write(scores));

        Assert.Contains("\"input->logits\":{\"score\":0,\"in_graph\":false}", text);
        Assert.DoesNotContain("\"in_graph\":true", text);
        Assert.DoesNotContain("selection", text);
        Assert.Equal(8, text.Split("\"score\"").Length - 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Is_read_as_it_was_written(bool collapsed)
    {
        ComputationGraph graph = new(2, 3, parallelBlocks: true, dModel: 6, collapsed);
        EdgeScores scores = Made.Scores(graph, 4);

        EdgeScores read = ScoresFile.Parse(ScoresFile.Write(scores), "s.json");

        Assert.Equal(scores.Values.ToArray(), read.Values.ToArray());
        Assert.Equal(scores.Origin, read.Origin);
        Assert.Equal(ScoresFile.Write(scores), ScoresFile.Write(read));
    }

    [Fact]
    public void Keeps_what_was_made_of_the_pairs()
    {
        PairsOrigin pairs = new(9, 2, "tokenizer.json", [0, 7], FirstTokenAnswers: true)
        {
            AnswersLeftOut = 3,
            MergedAnswers = 4,
        };

        Assert.Equal(pairs, Written(pairs));
        Assert.Null(Written(pairs with { MergedAnswers = null })!.MergedAnswers);
        Assert.NotEqual(pairs, Written(pairs with { MergedAnswers = 5 }));
        Assert.NotEqual(pairs, Written(pairs with { AnswersLeftOut = 0 }));

        static PairsOrigin? Written(PairsOrigin pairs)
        {
            EdgeScores made = Made.Scores(Made.OneHead, 4);
            EdgeScores scores = new(made.Graph, made.Values, made.Origin with { Pairs = pairs });
            return ScoresFile.Parse(ScoresFile.Write(scores), "s.json").Origin.Pairs;
        }
    }

    [Fact]
    public void Is_read_from_a_circuits_file_too()
    {
        Circuit circuit = Made.Circuit(Made.Graph(3), 3);

        Assert.Equal(
            circuit.Scores!.Values.ToArray(),
            ScoresFile.Parse(CircuitFile.Write(circuit), "c.json").Values.ToArray()
        );
    }

    [Theory]
    [InlineData("""{"cfg":{"n_layers":1,"n_heads":1},"nodes":{"m0":true},"edges":{"input->m0":{"score":1}}}""", 1)]
    [InlineData("""{"cfg":{"n_layers":1,"n_heads":1},"nodes":{"m0":true},"edges":{"input->m0":{}}}""", 0)]
    public void Of_a_part_of_the_edges_is_refused(string text, int scored) =>
        Assert.Equal(
            $"s.json: '{scored}' of the 8 edges have a 'score', but to choose among them all need one.",
            Assert.Throws<InvalidDataException>(() => ScoresFile.Parse(Encoding.UTF8.GetBytes(text), "s.json")).Message
        );
}
