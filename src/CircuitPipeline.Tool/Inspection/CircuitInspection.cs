using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Tool.Commands;

namespace CircuitPipeline.Tool.Inspection;

/// <summary>Looks into a file of a circuit or of scores.</summary>
internal static class CircuitInspection
{
    internal static Finding Of(string path)
    {
        Circuit circuit = CircuitFile.Read(path);
        bool isScores = CircuitFiles.HoldsScores(circuit);
        return new Finding(
            isScores ? "scores"
                : circuit.EdgeCount == 0 ? "circuit without an edge"
                : "circuit",
            [
                new Fact("layers", circuit.Graph.NLayers),
                new Fact("heads", circuit.Graph.NHeads),
                new Fact("graph", $"{circuit.Graph}"),
                new Fact("graph nodes", circuit.Graph.Nodes.Length),
                new Fact("graph edges", circuit.Graph.EdgeCount),
                .. isScores ? [] : Selected(circuit),
                .. circuit.Scores is { } scores ? Scored(scores) : [new Fact("scores", "none")],
            ],
            []
        );
    }

    private static IEnumerable<Fact> Selected(Circuit circuit)
    {
        yield return new Fact("nodes", circuit.NodeCount);
        yield return new Fact("edges", circuit.EdgeCount);
        yield return new Fact("selector", circuit.Selection.Selector);
        if (circuit.BeforePruning is { } before)
        {
            yield return new Fact("edges before pruning", before.Edges);
        }
    }

    private static IEnumerable<Fact> Scored(EdgeScores scores)
    {
        ScoreOrigin origin = scores.Origin;
        yield return new Fact("method", origin.Method);
        yield return new Fact("metric", origin.Metric);
        yield return new Fact("intervention", origin.Intervention);
        yield return new Fact("aggregation", origin.Aggregation);
        yield return new Fact("examples", origin.Examples);
        yield return new Fact("scores that are 0", scores.Values.Count(score => score == 0));
        if (origin.Pairs is { } pairs)
        {
            yield return new Fact("rows of the pairs' file", pairs.Rows);
            yield return new Fact("rows left out", pairs.Dropped);
            yield return new Fact("answers left out", pairs.AnswersLeftOut);
            if (pairs.MergedAnswers is int merged)
            {
                yield return new Fact("answers that merge with the prompt's end", merged);
            }
        }

        foreach (Fact fact in origin.Model is { } model ? Facts(model) : [])
        {
            yield return fact;
        }
    }

    private static IEnumerable<Fact> Facts(ModelOrigin model)
    {
        if (model.Id is { } id)
        {
            yield return new Fact("model", MessageText.OneLine(id));
            yield return new Fact("commit", MessageText.OneLine(model.Commit));
        }

        yield return new Fact("digest of the model", model.Digest);
        if (!model.IgnoredKeys.IsEmpty)
        {
            yield return new Fact("ignored keys", Lines(model.IgnoredKeys));
        }

        if (!model.IgnoredTensors.IsEmpty)
        {
            yield return new Fact("ignored tensors", Lines(model.IgnoredTensors));
        }

        if (model.Adapter is { } adapter)
        {
            yield return new Fact("adapter", MessageText.OneLine(adapter.Path));
            yield return new Fact("method of the adapter", MessageText.OneLine(adapter.Method));
            yield return new Fact("digest of the adapter", adapter.Digest);
        }
    }

    private static IEnumerable<string> Lines(IEnumerable<string> names) => names.Select(MessageText.OneLine);
}
