using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Models;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Runs;

/// <summary>How the edges of a model are scored; the names are the experiment's, so that a reason reads 'discover.steps changed 5 -> 10'.</summary>
internal sealed record EdgeSearch(string Method, int Steps, string Quadrature, string Metric, int Batch)
{
    /// <summary>That of an experiment.</summary>
    internal static EdgeSearch Of(DiscoverSpec spec) =>
        new(spec.Method, spec.Steps, spec.Quadrature, spec.Metric, spec.Batch);

    /// <summary>The file of a set of pairs: the paper finds circuits with the pairs that it reports accuracies on.</summary>
    internal static string FileOf(ExperimentSpec spec, string pairs) =>
        pairs == PairSets.First && spec.OpenTraps.CircuitPairs is { } test ? test : pairs;

    /// <summary>The file of a set of pairs and, where it was made from another one, what it was made from.</summary>
    internal static IEnumerable<ItemInput> Inputs(TaskSets imports, StudyTask task, string file)
    {
        yield return StudyPairs.Input(task, file);
        if (imports.Of(task).Find(file)?.Origin is not null)
        {
            yield return StudyPairs.Origin(task, file);
        }
    }

    /// <summary>Scores all edges of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="which">Which one it is.</param>
    /// <param name="pairs">The file of the pairs.</param>
    /// <param name="traps">Those that are open.</param>
    /// <param name="context">Of an item with <see cref="Inputs"/>.</param>
    internal EdgeScores Score(
        Transformer model,
        StudyModel which,
        string pairs,
        CircuitTraps traps,
        WorkItemContext context
    )
    {
        EncodedPairs encoded = StudyPairs.ReadForCircuits(context, which, pairs, traps.Bos, model);
        EdgeScores computed = Score(model, encoded, traps, context);
        context.Progress($"{computed.Graph.EdgeCount:N0} edges scored with {encoded.Count:N0} prompt pairs");
        return context.Inputs.TryGetValue(StudyPairs.Origin(which.Task, pairs), out string? origin)
            ? new(computed.Graph, computed.Values, computed.Origin with { Pairs = StageJson.Read<PairsOrigin>(origin) })
            : computed;
    }

    /// <summary>Scores all edges of a model with pairs that were read.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pairs">The pairs.</param>
    /// <param name="traps">Those that are open.</param>
    /// <param name="context">Of the item.</param>
    internal EdgeScores Score(Transformer model, EncodedPairs pairs, CircuitTraps traps, WorkItemContext context)
    {
        EdgeScores computed = MethodOf(context.Time)
            .Attribute(model, pairs, Metrics.Named(Metric), cancellation: context.Cancellation);
        DegenerateInput.MustOrderEdges(computed, pairs);
        return traps.ScoresPer is null ? computed : PerBatch(computed, Math.Min(Batch, pairs.Count));
    }

    // The reference divides the gradient of a mean over a batch by the number of pairs once more.
    private static EdgeScores PerBatch(EdgeScores scores, int batch) =>
        new(
            scores.Graph,
            [.. scores.Values.Select(score => score / batch)],
            scores.Origin with
            {
                Aggregation = $"reference({batch})",
            }
        );

    private IEdgeAttribution MethodOf(TimeProvider time)
    {
        AttributionMethod method = AttributionMethods.Named(Method);
        return AttributionMethods.Create(
            method.Name,
            new AttributionOptions
            {
                Steps = method.TakesSteps ? Steps : null,
                Quadrature = method.TakesQuadrature ? EnumNames.Parse<Quadrature>(Quadrature) : null,
            },
            Batch,
            time
        );
    }
}

/// <summary>The traps of the paper's code that change what circuits are, where they are open.</summary>
/// <param name="ScoresPer">As of <see cref="TrapsSpec.ScoresPer"/>.</param>
/// <param name="Bos">As of <see cref="TrapsSpec.Bos"/>.</param>
internal sealed record CircuitTraps(string? ScoresPer, string? Bos)
{
    /// <summary>Those of an experiment.</summary>
    internal static CircuitTraps Of(ExperimentSpec spec) => new(spec.OpenTraps.ScoresPer, spec.OpenTraps.Bos);
}
