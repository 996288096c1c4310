using System.Text;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

public sealed class CircuitJson
{
    private static readonly Circuit Pruned = Made.Circuit(new ComputationGraph(2, 2, true, dModel: 8), 5).Prune();

    [Fact]
    public void Has_every_node_and_edge_under_the_names_of_the_field()
    {
        Circuit circuit = Made.Circuit(Made.OneHead, ("input->a0.h0<q>", 0.1), ("a0.h0->logits", -2e-300));

        Assert.Equal(
            """
            {"cfg":{"n_layers":1,"n_heads":1,"parallel_attn_mlp":false},"nodes":{"input":{"in_graph":true},
            "a0.h0":{"in_graph":true},"m0":{"in_graph":false},"logits":{"in_graph":true}},"edges":{
            "input->a0.h0<q>":{"score":0.1,"in_graph":true},"input->a0.h0<k>":{"score":0,"in_graph":false},
            "input->a0.h0<v>":{"score":0,"in_graph":false},"input->m0":{"score":0,"in_graph":false},
            "input->logits":{"score":0,"in_graph":false},"a0.h0->m0":{"score":0,"in_graph":false},
            "a0.h0->logits":{"score":-2E-300,"in_graph":true},"m0->logits":{"score":0,"in_graph":false}},
            "circuit_pipeline":{"format":1,"scores":{"sign":"a positive score says that the edge helps",
            "method":"eap-ig-inputs","steps":5,"quadrature":"left","metric":"logit-difference",
            "intervention":"patching","aggregation":"mean","examples":500},
            "selection":{"selector":"by hand","edges_asked":0,"signed":false}}}

            """.ReplaceLineEndings("").Trim() + "\n",
            Encoding.UTF8.GetString(CircuitFile.Write(circuit))
        );
    }

    [Fact]
    public void Is_read_as_it_was_written()
    {
        Circuit read = CircuitFile.Parse(CircuitFile.Write(Pruned), "c.json");

        Assert.Equal(Pruned.EdgeIndices.ToArray(), read.EdgeIndices.ToArray());
        Assert.Equal(Pruned.Scores!.Values.ToArray(), read.Scores!.Values.ToArray());
        Assert.Equal(
            (Pruned.Scores.Origin, Pruned.Selection, Pruned.BeforePruning, Pruned.Graph.DModel),
            (read.Scores.Origin, read.Selection, read.BeforePruning, read.Graph.DModel)
        );
        Assert.Equal(CircuitFile.Write(Pruned), CircuitFile.Write(read));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Keeps_every_bit_of_a_score(int seed)
    {
        Random random = new(seed);
        ComputationGraph graph = new(3, 4, parallelBlocks: true);
        double Any() =>
            BitConverter.Int64BitsToDouble(random.NextInt64()) is var drawn && double.IsFinite(drawn) ? drawn : -0.0;
        EdgeScores scores = new(graph, [.. graph.Edges.Select(_ => Any())], Made.Origin);

        EdgeScores read = CircuitFile.Parse(CircuitFile.Write(new TopN(9).Select(scores)), "c.json").Scores!;

        Assert.Equal(
            scores.Values.Select(BitConverter.DoubleToInt64Bits),
            read.Values.Select(BitConverter.DoubleToInt64Bits)
        );
    }

    [Fact]
    public void Without_our_key_is_of_unknown_origin()
    {
        string text = Encoding.UTF8.GetString(CircuitFile.Write(Pruned));

        Circuit read = Parse(text[..text.IndexOf(",\"circuit_pipeline\"", StringComparison.Ordinal)] + "}");

        Assert.Equal(ScoreOrigin.Unknown, read.Scores!.Origin);
        Assert.Equal(SelectionOrigin.Unknown(Pruned.EdgeCount), read.Selection);
        Assert.Equal(Pruned.EdgeIndices.ToArray(), read.EdgeIndices.ToArray());
    }

    [Theory]
    [InlineData("\"n_heads\":2", "\"n_heads\":900", "'edges' has '42' entries, but this shape of model has ")]
    [InlineData("\"n_layers\":2", "\"n_layers\":0", "'cfg.n_layers' is '0', but 1 to 1024 is allowed.")]
    [InlineData("\"n_layers\":2,", "", "'cfg.n_layers' is missing; a whole number is expected.")]
    [InlineData(
        "\"m1->logits\"",
        "\"m1->m9\"",
        "'edges' has 'm1->m9', but a graph of 2 layers of 2 heads in parallel blocks has no such edge."
    )]
    [InlineData(
        "\"m1\":{\"in_graph\"",
        "\"m7\":{\"in_graph\"",
        "'nodes' has 'm7', but a graph of 2 layers of 2 heads in parallel blocks has no such node."
    )]
    [InlineData(
        "\"input\":{\"in_graph\":true},",
        "",
        "'nodes' lacks 'input', but every node of the model is expected."
    )]
    [InlineData("\"m1->logits\"", "\"m0->logits\"", "'edges' has 'm0->logits' twice, but each name is expected once.")]
    [InlineData("\"format\":1", "\"format\":2", "'circuit_pipeline.format' is '2', but this version reads format 1.")]
    [InlineData(
        "edge helps",
        "edge hurts",
        "'circuit_pipeline.scores.sign' is another text than 'a positive score says that the edge helps', the only one that is read."
    )]
    [InlineData(
        "\"before_pruning\":{\"edges\":",
        "\"before_pruning\":{\"edges\":0,\"was\":",
        "'circuit_pipeline.before_pruning' says '0' edges and "
    )]
    public void That_is_wrong_is_refused_in_one_sentence(string found, string replaced, string sentence)
    {
        string text = Encoding.UTF8.GetString(CircuitFile.Write(Pruned));
        Assert.Contains(found, text);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Parse(text.Replace(found, replaced)));

        Assert.StartsWith($"c.json: {sentence}", error.Message);
    }

    [Theory]
    [InlineData("\"score\":1e999", "c.json: edges.input->m0: 'score' is ")]
    [InlineData("\"score\":\"a\"", "c.json: edges.input->m0: 'score' is 'a', but a number is allowed.")]
    [InlineData("\"skore\":1", "c.json: '7' of the 8 edges have a 'score', but all or none is expected.")]
    public void With_a_score_that_is_no_number_names_the_edge(string score, string message)
    {
        string text = Encoding.UTF8.GetString(CircuitFile.Write(Made.Circuit(Made.OneHead, ("input->m0", 0.5))));

        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            Parse(text.Replace("\"score\":0.5", score))
        );

        Assert.StartsWith(message, error.Message);
    }

    [Fact]
    public void That_is_not_there_is_refused_with_its_name() =>
        Assert.Equal(
            "no/such.json: there is no such file; a circuit is read from its JSON file.",
            Assert.Throws<InvalidDataException>(() => CircuitFile.Read("no/such.json")).Message
        );

    private static Circuit Parse(string text) => CircuitFile.Parse(Encoding.UTF8.GetBytes(text), "c.json");
}
