using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits;
using CircuitPipeline.Models;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.DiscoverCircuits;

/// <summary>
/// Scores the edges of the base model and of each checkpoint, and keeps circuits of several sizes; at both ends once more
/// from other prompt pairs, which shows how much a circuit changes without any training.
/// </summary>
internal sealed class DiscoverCircuitsStage(ExperimentSpec spec) : IStage
{
    /// <inheritdoc/>
    public string Name => DiscoverCircuitsFiles.StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan() =>
        StudyModel
            .All(spec)
            .SelectMany(model =>
                PairsOf(model, spec.FineTune.Steps)
                    .Select(pairs =>
                        WorkItem.Of(
                            DiscoverCircuitsFiles.ItemOf(model, pairs),
                            new Slice(
                                model.Base,
                                model.Step,
                                pairs,
                                new Search(
                                    spec.Discover.Method,
                                    spec.Discover.Steps,
                                    spec.Discover.Quadrature,
                                    spec.Discover.Metric,
                                    spec.Discover.Batch,
                                    spec.Discover.EdgesPercent
                                ),
                                new AdapterFactor(spec.FineTune.AlphaOverRank)
                            ),
                            Discover,
                            [.. model.Inputs(), StudyPairs.Input(pairs)],
                            usesEngine: true
                        )
                    )
            );

    // The floor is measured at both ends only: in between it costs as much and says little more.
    private static string[] PairsOf(StudyModel model, int lastStep) =>
        model.Step == 0 ? [PairSets.First, PairSets.Second, PairSets.MulDiv, PairSets.TwoStep]
        : model.Step == lastStep ? [PairSets.First, PairSets.Second]
        : [PairSets.First];

    private static void Discover(Slice slice, WorkItemContext context)
    {
        StudyModel which = new(slice.Base, slice.Step);
        using Transformer model = which.Load(context, slice.FineTune.AlphaOverRank);
        EncodedPairs pairs = StudyPairs.Read(context, slice.Pairs, which.Vocabulary(context));
        EdgeScores scores = MethodOf(slice.Discover, context.Time)
            .Attribute(model, pairs, Metrics.Named(slice.Discover.Metric), cancellation: context.Cancellation);
        foreach (double percent in slice.Discover.EdgesPercent)
        {
            Circuit circuit = new TopN(TopN.EdgesOf(scores.Graph, percent)).Select(scores).Prune();
            File.WriteAllBytes(
                context.OutputFile(DiscoverCircuitsFiles.CircuitFileOf(percent)),
                CircuitFile.Write(circuit)
            );
        }

        context.Progress($"{scores.Graph.EdgeCount:N0} edges scored with {pairs.Count:N0} prompt pairs");
    }

    private static IEdgeAttribution MethodOf(Search search, TimeProvider time)
    {
        AttributionMethod method = AttributionMethods.Named(search.Method);
        return AttributionMethods.Create(
            method.Name,
            new AttributionOptions
            {
                Batch = search.Batch,
                Time = time,
                Steps = method.TakesSteps ? search.Steps : null,
                Quadrature = method.TakesQuadrature ? EnumNames.Parse<Quadrature>(search.Quadrature) : null,
            }
        );
    }

    // The names are the spec's, so that a reason reads 'discover.steps changed 5 -> 10'.
    private sealed record Slice(int Base, int Step, string Pairs, Search Discover, AdapterFactor FineTune);

    private sealed record Search(
        string Method,
        int Steps,
        string Quadrature,
        string Metric,
        int Batch,
        double[] EdgesPercent
    );
}
