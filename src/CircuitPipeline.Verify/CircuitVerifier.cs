using System.Runtime.CompilerServices;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Planning;
using VerifyTests;
using VerifyXunit;

namespace CircuitPipeline.Verify;

/// <summary>Snapshot tests of circuits, scores, diffs and plans, for a user's own tests: texts that a person can review.</summary>
/// <remarks>
/// With <c>using static CircuitPipeline.Verify.CircuitVerifier;</c> a test is <c>await VerifyCircuit(circuit);</c>. The accepted text lies
/// beside the test, as with any call of Verify, and what a call returns takes Verify's settings: <c>.UseParameters(…)</c>, <c>.DisableDiff()</c>.
/// The text begins with what it is of, then counts, then how it was made, then the edges in the graph's order, one a line; scores are rounded
/// to 4 significant digits. When it is not what was accepted, the exception says so in words:
/// <c>3 edges left, 5 joined; largest change m2->logits 0.41 -> 0.12</c>.
/// </remarks>
public static class CircuitVerifier
{
    /// <summary>Verifies a circuit: its size, how it was found, and its edges with their scores.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="tolerance">What may differ, and is said in the text; null: nothing.</param>
    /// <param name="settings">Verify's settings.</param>
    /// <param name="sourceFile">The test's source file, filled in by the compiler.</param>
    /// <returns>A call to await.</returns>
    public static SettingsTask VerifyCircuit(
        Circuit circuit,
        SnapshotTolerance? tolerance = null,
        VerifySettings? settings = null,
        [CallerFilePath] string sourceFile = ""
    ) => Verify(CircuitText.Of(circuit, tolerance), "edge", tolerance, circuit.Selection.Signed, settings, sourceFile);

    /// <summary>Verifies the scores of all edges of a graph.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="tolerance">What may differ, and is said in the text; null: nothing. All edges have scores, so none can flip.</param>
    /// <param name="settings">Verify's settings.</param>
    /// <param name="sourceFile">The test's source file, filled in by the compiler.</param>
    /// <returns>A call to await.</returns>
    public static SettingsTask VerifyScores(
        EdgeScores scores,
        SnapshotTolerance? tolerance = null,
        VerifySettings? settings = null,
        [CallerFilePath] string sourceFile = ""
    ) => Verify(ScoresText.Of(scores, tolerance), "edge", tolerance, isSigned: false, settings, sourceFile);

    /// <summary>Verifies what changed between two circuits: counts, layers, and each edge that joined (+), left (-) or stayed (=).</summary>
    /// <param name="diff">The difference.</param>
    /// <param name="tolerance">What may differ, and is said in the text; null: nothing.</param>
    /// <param name="settings">Verify's settings.</param>
    /// <param name="sourceFile">The test's source file, filled in by the compiler.</param>
    /// <returns>A call to await.</returns>
    public static SettingsTask VerifyDiff(
        CircuitDiff diff,
        SnapshotTolerance? tolerance = null,
        VerifySettings? settings = null,
        [CallerFilePath] string sourceFile = ""
    ) => Verify(DiffText.Of(diff, tolerance), "edge", tolerance, diff.After.Selection.Signed, settings, sourceFile);

    /// <summary>Verifies a rank plan: its budget, its reason and the rank of each layer; a plan is whole numbers, so all of it exactly.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="settings">Verify's settings.</param>
    /// <param name="sourceFile">The test's source file, filled in by the compiler.</param>
    /// <returns>A call to await.</returns>
    public static SettingsTask VerifyPlan(
        RankPlan plan,
        VerifySettings? settings = null,
        [CallerFilePath] string sourceFile = ""
    ) => Verify(PlanText.Of(plan), "layer", tolerance: null, isSigned: false, settings, sourceFile);

    private static SettingsTask Verify(
        Snapshot snapshot,
        string noun,
        SnapshotTolerance? tolerance,
        bool isSigned,
        VerifySettings? settings,
        string sourceFile
    )
    {
        SnapshotComparer comparer = new(snapshot, noun, tolerance, isSigned);
        return Verifier.Verify(snapshot.ToString(), settings, sourceFile).UseStringComparer(comparer.Compare);
    }
}
