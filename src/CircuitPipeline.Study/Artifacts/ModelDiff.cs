using CircuitPipeline.Circuits.Diff;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>How the circuit of one model differs from another's; between equal steps it is the floor that other pairs alone give.</summary>
/// <param name="BeforeStep">Steps of fine-tuning of the first model.</param>
/// <param name="AfterStep">Steps of fine-tuning of the second.</param>
/// <param name="BeforePairs">The pairs that the first circuit was found with.</param>
/// <param name="AfterPairs">The pairs that the second was found with.</param>
/// <param name="Change">The diff.</param>
internal sealed record ModelDiff(
    int BeforeStep,
    int AfterStep,
    string BeforePairs,
    string AfterPairs,
    DiffSummary Change
)
{
    /// <summary>Whether both circuits are of one model.</summary>
    internal bool IsFloor => BeforeStep == AfterStep;
}
