using System.Text;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

/// <summary>Whatever a circuit's file holds, it is read or refused in one sentence that names it.</summary>
public sealed class DamagedCircuitJson
{
    private const string Bare = """{"cfg":{"n_layers":1,"n_heads":1},"nodes":{"input":true,"m0":true},""";

    [Theory]
    [InlineData(DialectJson.ObjectNodes)]
    [InlineData(DialectJson.BareNodes)]
    [InlineData(DialectJson.Collapsed)]
    [InlineData(DialectJson.CollapsedObjectNodes)]
    [InlineData("ours")]
    public void In_500_ways_is_read_or_refused_in_one_sentence(string dialect) =>
        Hostile.Refuses<InvalidDataException>(
            dialect == "ours"
                ? CircuitFile.Write(Made.Circuit(new ComputationGraph(2, 2, true, dModel: 8), 5).Prune())
                : DialectJson.Bytes(DialectJson.Made(dialect, 6)),
            seed: 11,
            copy => CircuitFile.Write(CircuitFile.Parse(copy, "c.json")),
            @"\Ac\.json: [^\r\n\u2028]+\.\z"
        );

    [Theory]
    [InlineData("")]
    [InlineData("{\"edges\":")]
    [InlineData("{\"nodes\":{\"input\":")]
    [InlineData("{\"nodes\":{\"input\":{\"neurons\":")]
    public void Nested_10_000_deep_is_refused(string before)
    {
        Refused(before + new string('[', 10_000));
        Refused(before + string.Concat(Enumerable.Repeat("{\"a\":", 10_000)));
        Refused(before + new string('[', 10_000) + new string(']', 10_000) + "}");
    }

    [Theory]
    [InlineData("a0.h0->a1.h0<q>")]
    [InlineData("a0.h0->a1.h0")]
    public void Of_a_small_file_that_claims_a_huge_model_is_refused(string edge)
    {
        InvalidDataException error = Refused(
            """{"cfg":{"n_layers":1024,"n_heads":1024},"nodes":{"input":true},"edges":{"?":{"in_graph":true}}}""".Replace(
                "?",
                edge
            )
        );

        Assert.Equal(
            "c.json: 'nodes' has '1' entries, but this shape of model has 1049602 nodes, of which a file that leaves out edges names at least 65600.",
            error.Message
        );
    }

    [Theory]
    [InlineData("""{"a":1}""", "'cfg' is missing; it holds 'n_layers' and 'n_heads'.")]
    [InlineData(
        """{"cfg":{"n_layers":1,"n_heads":1}}""",
        "'edges' is missing or no object; it holds one entry per name."
    )]
    [InlineData("[1]", "this is a list, but a JSON object is expected.")]
    [InlineData("null", "this is null, but a JSON object is expected.")]
    [InlineData("{} {}", "this is not one JSON object (line 1, byte 4).")]
    [InlineData("", "the file is empty, but a JSON object is expected; write or download it again.")]
    [InlineData(" \n", "the file is empty, but a JSON object is expected; write or download it again.")]
    [InlineData(
        "PK\u0003\0",
        "this is a binary file, or text in UTF-16, but JSON in UTF-8 is expected; name another file, or save it as UTF-8."
    )]
    [InlineData("""{"edges":{},"edges":{}}""", "the file has 'edges' twice, but each key is expected once.")]
    [InlineData(
        """{"cfg":{"n_layers":1,"n_layers":1,"n_heads":1},"nodes":{},"edges":{}}""",
        "'cfg' has a key twice, but each is expected once."
    )]
    [InlineData("""{"cfg":[],"nodes":{},"edges":{}}""", "'cfg' is no object, but one is expected.")]
    [InlineData(
        Bare + """ "edges":{"input->m0":{"score":NaN}}}""",
        "edges.input->m0: 'score' is 'NaN', but a finite number is allowed."
    )]
    [InlineData(
        Bare + """ "edges":{"input->a0.h0<q>":{"score":1},"input->m0":{"in_graph":true, "score" : -Infinity}}}""",
        "edges.input->m0: 'score' is '-Infinity', but a finite number is allowed."
    )]
    [InlineData(
        """{"cfg":{"n_layers":1,"n_heads":1},"nodes":{"m0":true,"input":{"neurons_scores":[1,2,Infinity]}},"edges":{}}""",
        "nodes.input: 'neurons_scores' is 'Infinity', but a finite number is allowed."
    )]
    [InlineData("""{"a":[[{"b":1,"c":NaN}]]}""", "a: 'c' is 'NaN', but a finite number is allowed.")]
    [InlineData("""{"a":1,"b":NaN}""", "'b' is 'NaN', but a finite number is allowed.")]
    [InlineData("NaN", "this is not one JSON object (line 1, byte 1).")]
    [InlineData("""{"a":{"\ud800":1,"b":NaN}}""", "this is not one JSON object (line 1, byte ")]
    [InlineData(Bare + """ "edges":{"input->m0":{"score":nan}}}""", "this is not one JSON object (line 1, byte ")]
    [InlineData(
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n",
        "this is a Git LFS pointer and not the file itself; run 'git lfs pull' in its repository, or download the file."
    )]
    [InlineData(
        Bare + """ "edges":{"input->m0":{"score":1e999}}}""",
        "edges.input->m0: 'score' is '1e999', but a number is allowed."
    )]
    [InlineData(
        Bare + """ "edges":{"input->m0":{"score":1,"score":1}}}""",
        "edges.input->m0: 'score' is there twice, but each key is expected once."
    )]
    [InlineData(
        Bare + """ "edges":{"input->m0":{},"input->m0":{}}}""",
        "'edges' has 'input->m0' twice, but each name is expected once."
    )]
    [InlineData(
        Bare + """ "edges":{"input->m0":true}}""",
        "edges.input->m0: this is 'true', but an object is expected."
    )]
    [InlineData(
        Bare + """ "edges":{"input->a0.h0":{},"input->a0.h0<q>":{}}}""",
        "'edges' has 'input->a0.h0<q>', but a graph of 1 layers of 1 heads in sequential blocks with q, k and v collapsed has no such edge."
    )]
    [InlineData(
        Bare + """ "edges":{"m0->input":{}}}""",
        "'edges' has 'm0->input', but a graph of 1 layers of 1 heads in sequential blocks has no such edge."
    )]
    [InlineData(
        """{"cfg":{"n_layers":1,"n_heads":1},"nodes":{"m0":true,"m0":true},"edges":{}}""",
        "'nodes' has 'm0' twice, but each name is expected once."
    )]
    [InlineData(
        """{"cfg":{"n_layers":1,"n_heads":1},"nodes":{"m0":true,"m1":true},"edges":{}}""",
        "'nodes' has 'm1', but a graph of 1 layers of 1 heads in sequential blocks has no such node."
    )]
    [InlineData(
        """{"cfg":{"n_layers":1,"n_heads":1},"nodes":{"m0":true,"input":3},"edges":{}}""",
        "nodes.input: this is '3', but an object, true or false is expected."
    )]
    [InlineData(
        """{"cfg":{"n_layers":1,"n_heads":1},"nodes":{"m0":true,"input":{"neurons":[1]}},"edges":{}}""",
        "nodes.input: 'neurons' is '1', but true or false is allowed."
    )]
    [InlineData(
        """{"cfg":{"n_layers":1,"n_heads":1},"nodes":{"m0":true,"input":{"neurons_scores":[1e999]}},"edges":{}}""",
        "nodes.input: 'neurons_scores' is '1e999', but a number is allowed."
    )]
    [InlineData(
        """{"cfg":{"n_layers":1,"n_heads":1},"nodes":{"m0":true,"input":{"in_graph":true,"in_graph":true}},"edges":{}}""",
        "nodes.input: 'in_graph' is there twice, but each key is expected once."
    )]
    [InlineData(
        """{"cfg":{"n_layers":1,"n_heads":1},"nodes":{"m0":true},"edges":{},"circuit_pipeline":{"listed":{"edges":3,"nodes":1}}}""",
        "'circuit_pipeline.listed' says '3' edges and '1' nodes, but 0 and 1 are there."
    )]
    [InlineData(
        """{"cfg":{"n_layers":1,"n_heads":1},"nodes":{"m0":true},"edges":{},"circuit_pipeline":{}}""",
        "'edges' has '0' entries, but this shape of model has 8 edges."
    )]
    public void Is_refused_with_what_is_wrong(string text, string sentence) =>
        Assert.StartsWith($"c.json: {sentence}", Refused(text).Message);

    private static InvalidDataException Refused(string text)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            CircuitFile.Parse(Encoding.UTF8.GetBytes(text), "c.json")
        );
        OneSentence(error);
        return error;
    }

    private static void OneSentence(InvalidDataException error)
    {
        Assert.StartsWith("c.json: ", error.Message);
        Assert.EndsWith(".", error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.InRange(error.Message.Length, 20, 400);
    }
}
