using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Attribution.Methods;

/// <summary>Draws a score for every edge without looking at the model's weights: what a method has to be better than.</summary>
/// <param name="seed">Where the draws come from; the same seed gives the same scores.</param>
public sealed class RandomScores(long seed) : IEdgeAttribution
{
    /// <summary>The method's name in specs and artifacts.</summary>
    public const string Name = "random";

    /// <inheritdoc/>
    /// <remarks>Scores are even draws from 0 to below 1, in the order of the edges; pairs and metric are not read.</remarks>
    public EdgeScores Attribute(
        Transformer model,
        EncodedPairs pairs,
        Metric metric,
        Action<AttributionProgress>? report = null,
        CancellationToken cancellation = default
    )
    {
        ComputationGraph graph = new(model.Config);
        SeededRandom random = new(seed);
        return new EdgeScores(
            graph,
            [.. Enumerable.Range(0, graph.EdgeCount).Select(_ => random.NextShare())],
            new ScoreOrigin
            {
                Method = Name,
                Metric = "none",
                Intervention = "none",
                Aggregation = $"seed({seed})",
                Examples = 0,
            }
        );
    }
}
