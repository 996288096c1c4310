using System.Globalization;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Attribution;

/// <summary>Finds out how much each edge of a model's computation graph contributes to a behaviour.</summary>
public interface IEdgeAttribution
{
    /// <summary>Scores every edge; a positive score says that the edge helps.</summary>
    /// <param name="model">The model; it is not changed.</param>
    /// <param name="pairs">What it is asked.</param>
    /// <param name="metric">The behaviour; methods without <see cref="AttributionMethod.TakesMetric"/> do not read it.</param>
    /// <param name="report">Is called after every batch.</param>
    /// <param name="cancellation">Stops the run before its next batch.</param>
    /// <returns>The mean over the examples, in the metric's unit.</returns>
    /// <exception cref="UndefinedCombinationException">The method is not defined for the metric.</exception>
    /// <exception cref="InvalidDataException">The model cannot read a pair, or it lacks answers that the metric needs.</exception>
    /// <exception cref="AttributionDivergedException">A value is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">The run was asked to stop.</exception>
    EdgeScores Attribute(
        Transformer model,
        EncodedPairs pairs,
        Metric metric,
        Action<AttributionProgress>? report = null,
        CancellationToken cancellation = default
    );
}

/// <summary>How far an attribution or evaluation is, after a batch.</summary>
/// <param name="Done">Examples done.</param>
/// <param name="Total">Examples in all.</param>
/// <param name="Remaining">Estimated time to the end, at the speed so far.</param>
public sealed record AttributionProgress(int Done, int Total, TimeSpan Remaining)
{
    /// <summary>One line for a person.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Done:N0} of {Total:N0} examples, about {Math.Ceiling(Remaining.TotalSeconds):N0} s left"
        );
}

/// <summary>A value stopped being a number; the message says at which step, in which batch and for which pair.</summary>
/// <param name="message">The sentence.</param>
public sealed class AttributionDivergedException(string message) : Exception(message);
