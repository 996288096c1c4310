using System.Text.Json;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Circuits.Files;

/// <summary>Our own key in a circuit's file: how its scores and its edges were made.</summary>
internal sealed class CircuitProvenance(ConfigFields own, string source)
{
    /// <summary>The key's name.</summary>
    public const string Key = "circuit_pipeline";

    /// <summary>Whether edge names say no input of a head; for files in which no edge tells.</summary>
    public bool IsCollapsed => own.Flag(false, "collapsed");

    public static void Write(Utf8JsonWriter json, Circuit circuit, bool isSelected)
    {
        json.WriteStartObject(Key);
        json.WriteNumber("format", 1);
        if (circuit.Graph.IsCollapsed)
        {
            json.WriteBoolean("collapsed", true);
        }
        if (circuit.Listing is { IsPart: true } part)
        {
            json.WriteStartObject("listed");
            json.WriteNumber("edges", part.EdgesListed);
            json.WriteNumber("nodes", part.Nodes.Count(node => node is not null));
            json.WriteEndObject();
        }
        if (circuit.Scores?.Origin is { } origin)
        {
            json.WriteStartObject("scores");
            json.WriteString("sign", ScoreOrigin.SignConvention);
            json.WriteString("method", origin.Method);
            if (origin.Steps is int steps)
            {
                json.WriteNumber("steps", steps);
            }
            if (origin.Quadrature is { } quadrature)
            {
                json.WriteString("quadrature", quadrature);
            }
            json.WriteString("metric", origin.Metric);
            json.WriteString("intervention", origin.Intervention);
            json.WriteString("aggregation", origin.Aggregation);
            json.WriteNumber("examples", origin.Examples);
            if (origin.Dtype is { } dtype)
            {
                json.WriteString("dtype", dtype);
            }
            if (origin.Device is { } device)
            {
                json.WriteString("device", device);
            }
            if (origin.Threads is int threads)
            {
                json.WriteNumber("threads", threads);
            }
            if (origin.Numerics is { } numerics)
            {
                json.WriteString("numerics", numerics);
            }
            if (origin.Pairs is { } pairs)
            {
                WritePairs(json, pairs);
            }
            if (origin.Model is { } model)
            {
                ModelOriginJson.Write(json, model);
            }
            json.WriteEndObject();
        }
        if (isSelected)
        {
            WriteSelection(json, circuit);
        }
        json.WriteEndObject();
    }

    /// <summary>Makes the circuit of a file's edges; a file without our key is of unknown origin.</summary>
    public static Circuit Attach(
        CircuitProvenance? provenance,
        ComputationGraph graph,
        bool[] chosen,
        double[]? values,
        FileListing listing
    )
    {
        ScoreOrigin origin = provenance?.ScoresOf() ?? ScoreOrigin.Unknown;
        EdgeScores? scores = values is null ? null : new EdgeScores(graph, [.. values], origin);
        SelectionOrigin selection = provenance?.Selection() ?? SelectionOrigin.Unknown(chosen.Count(edge => edge));
        CircuitSize? before = provenance?.BeforePruning();
        Circuit plain = new(graph, chosen, selection, scores, before);
        provenance?.MustFit(plain);
        return listing.SaysNoMoreThan(plain) ? plain : new Circuit(graph, chosen, selection, scores, before, listing);
    }

    /// <summary>Whether the file says that it leaves something out; what it lists must then be there.</summary>
    public bool IsPart(int nodes, int edges)
    {
        if (own.Whole(1, "format") is not 1 and var format)
        {
            throw Error($"'{Key}.format' is '{format}', but this version reads format 1.");
        }
        if (own.Inner("listed") is not { } listed)
        {
            return false;
        }
        (int toldNodes, int toldEdges) = (listed.Whole(0, "nodes"), listed.Whole(0, "edges"));
        return (toldNodes, toldEdges) == (nodes, edges)
            ? true
            : throw Error(
                $"'{Key}.listed' says '{toldEdges}' edges and '{toldNodes}' nodes, but {edges} and {nodes} are there."
            );
    }

    private static void WritePairs(Utf8JsonWriter json, PairsOrigin pairs)
    {
        json.WriteStartObject("pairs");
        json.WriteNumber("rows", pairs.Rows);
        json.WriteNumber("dropped", pairs.Dropped);
        if (pairs.Tokenizer is { } tokenizer)
        {
            json.WriteString("tokenizer", tokenizer);
        }
        json.WriteStartArray("prefix");
        foreach (int id in pairs.Prefix)
        {
            json.WriteNumberValue(id);
        }
        json.WriteEndArray();
        json.WriteBoolean("first_token_answers", pairs.FirstTokenAnswers);
        json.WriteNumber("answers_left_out", pairs.AnswersLeftOut);
        if (pairs.MergedAnswers is int merged)
        {
            json.WriteNumber("merged_answers", merged);
        }
        json.WriteEndObject();
    }

    private static void WriteSelection(Utf8JsonWriter json, Circuit circuit)
    {
        json.WriteStartObject("selection");
        json.WriteString("selector", circuit.Selection.Selector);
        json.WriteNumber("edges_asked", circuit.Selection.EdgesAsked);
        json.WriteBoolean("signed", circuit.Selection.Signed);
        if (circuit.Selection.Threshold is double threshold)
        {
            json.WriteNumber("threshold", threshold);
        }
        if (circuit.Selection.NodesAsked is int nodes)
        {
            json.WriteNumber("nodes_asked", nodes);
        }
        json.WriteEndObject();
        if (circuit.BeforePruning is { } before)
        {
            json.WriteStartObject("before_pruning");
            json.WriteNumber("edges", before.Edges);
            json.WriteNumber("nodes", before.Nodes);
            json.WriteEndObject();
        }
    }

    private SelectionOrigin? Selection() =>
        own.Inner("selection") is { } fields
            ? new SelectionOrigin(
                Text(fields, "selector"),
                fields.Whole(0, "edges_asked"),
                fields.Flag(false, "signed")
            )
            {
                Threshold = fields.RealOrNull("threshold"),
                NodesAsked = fields.WholeOrNull("nodes_asked"),
            }
            : null;

    private void MustFit(Circuit circuit)
    {
        if (
            circuit.BeforePruning is { } before
            && (before.Edges < circuit.EdgeCount || before.Nodes < circuit.NodeCount)
        )
        {
            throw Error(
                $"'{Key}.before_pruning' says '{before.Edges}' edges and '{before.Nodes}' nodes, but more are in the graph: {circuit.EdgeCount} and {circuit.NodeCount}."
            );
        }
    }

    private ScoreOrigin? ScoresOf()
    {
        if (own.Inner("scores") is not { } fields)
        {
            return null;
        }
        if (fields.Text("sign") is { } sign && sign != ScoreOrigin.SignConvention)
        {
            throw Error(
                $"'{Key}.scores.sign' is another text than '{ScoreOrigin.SignConvention}', the only one that is read."
            );
        }
        return new ScoreOrigin
        {
            Method = Text(fields, "method"),
            Steps = fields.WholeOrNull("steps"),
            Quadrature = fields.Text("quadrature"),
            Metric = Text(fields, "metric"),
            Intervention = Text(fields, "intervention"),
            Aggregation = Text(fields, "aggregation"),
            Examples = fields.Whole(0, "examples"),
            Dtype = fields.Text("dtype"),
            Device = fields.Text("device"),
            Threads = fields.WholeOrNull("threads"),
            Numerics = fields.Text("numerics"),
            Pairs = fields.Inner("pairs") is { } pairs ? PairsOf(pairs) : null,
            Model = fields.Inner("model") is { } model ? ModelOriginJson.Read(model) : null,
        };
    }

    private static PairsOrigin PairsOf(ConfigFields pairs) =>
        new(
            pairs.Whole(0, "rows"),
            pairs.Whole(0, "dropped"),
            pairs.Text("tokenizer"),
            pairs.Tokens("prefix"),
            pairs.Flag(false, "first_token_answers")
        )
        {
            AnswersLeftOut = pairs.Whole(0, "answers_left_out"),
            MergedAnswers = pairs.WholeOrNull("merged_answers"),
        };

    private CircuitSize? BeforePruning() =>
        own.Inner("before_pruning") is { } fields
            ? new CircuitSize(fields.Whole(0, "edges"), fields.Whole(0, "nodes"))
            : null;

    private string Text(ConfigFields fields, string key) =>
        fields.Text(key) ?? throw Error($"'{Key}' lacks a '{key}', but the text is expected.");

    private InvalidDataException Error(string sentence) => new($"{source}: {sentence}");
}
