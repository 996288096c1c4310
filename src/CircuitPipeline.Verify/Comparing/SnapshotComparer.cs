using VerifyTests;

namespace CircuitPipeline.Verify;

/// <summary>Compares a received snapshot with the accepted one where their texts differ.</summary>
/// <param name="described">The received snapshot as it was described, before it became text.</param>
/// <param name="noun">What an entry is: edge or layer.</param>
/// <param name="tolerance">What may differ; null: nothing.</param>
/// <param name="isSigned">Whether edges were chosen by signed score; else by absolute value.</param>
internal sealed class SnapshotComparer(Snapshot described, string noun, SnapshotTolerance? tolerance, bool isSigned)
{
    /// <summary>Verify's string comparer.</summary>
    public Task<CompareResult> Compare(string received, string verified, IReadOnlyDictionary<string, object> context) =>
        Task.FromResult(Compare(received, verified));

    private CompareResult Compare(string received, string verified)
    {
        if (SnapshotReader.Read(verified, out var damage) is not { } accepted)
        {
            return CompareResult.NotEqual(
                $"The verified file is no snapshot: {damage}; {FirstLine(received, verified)}"
            );
        }
        if (SnapshotReader.Read(received, out damage) is not { } current)
        {
            return CompareResult.NotEqual(
                $"The received text was scrubbed into no snapshot: {damage}; {FirstLine(received, verified)}"
            );
        }
        // A text does not say which headers are counts.
        current = current with
        {
            Headers = [.. current.Headers.Select(header => header with { IsCount = IsCount(header) })],
        };
        var differences = new Differences(accepted, current);
        if (differences.IsEmpty)
        {
            return CompareResult.NotEqual(
                $"No {noun}, number or fact differs, but the texts do: {FirstLine(received, verified)}"
            );
        }
        string[] violations = tolerance is null
            ? []
            : [.. new ToleranceViolations(tolerance, isSigned, accepted, current).Of(differences)];
        return tolerance is not null && violations.Length == 0
            ? CompareResult.Equal
            : CompareResult.NotEqual(FailureMessage.Of(noun, differences, violations));
    }

    private bool IsCount(Header header) => described.Headers.Any(own => own.IsCount && own.Name == header.Name);

    private static string FirstLine(string received, string verified)
    {
        string[] has = received.Split('\n');
        string[] was = verified.Split('\n');
        var line = has.Zip(was).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"as texts they differ first in line {line + 1}, which was {Shown(was)} and is {Shown(has)}.";
        string Shown(string[] lines) => line < lines.Length ? $"'{lines[line]}'" : "not there";
    }
}
