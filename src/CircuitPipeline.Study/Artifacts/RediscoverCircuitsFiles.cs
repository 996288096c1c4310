using CircuitPipeline.Circuits.Diff;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>The files about the circuits of a retrained model; those for which there is one among other stages are called as there.</summary>
internal static class RediscoverCircuitsFiles
{
    internal const string StageName = "RediscoverCircuits";
    internal const string AgainScoresName = "scores-again.json";
    internal const string DiffsName = "diffs.json";
}

/// <summary>How the circuit of a retrained model differs from another's; from its own it is the floor that other pairs alone give.</summary>
/// <param name="Before">The other model, as the report calls it.</param>
/// <param name="After">The retrained model.</param>
/// <param name="Change">The diff.</param>
internal sealed record RetrainedDiff(string Before, string After, DiffSummary Change)
{
    /// <summary>Whether both circuits are of one model.</summary>
    internal bool IsFloor => Before == After;
}
