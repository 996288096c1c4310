namespace CircuitPipeline.Verify;

/// <summary>A number that differs between two snapshots.</summary>
/// <param name="Name">The edge or layer, in a diff with the side that it is a score of.</param>
/// <param name="Accepted">The accepted number; null where there was none.</param>
/// <param name="Received">The received number; null where there is none.</param>
internal sealed record ScoreChange(string Name, double? Accepted, double? Received)
{
    /// <summary>By how much; more than any number where one is missing.</summary>
    public double Size =>
        Accepted is null || Received is null ? double.PositiveInfinity : Math.Abs(Received.Value - Accepted.Value);

    public static IEnumerable<ScoreChange> Between(Entry accepted, Entry received)
    {
        var isTwo = accepted.Mark == '=';
        ScoreChange[] both =
        [
            new(isTwo ? $"{accepted.Name} before" : accepted.Name, accepted.Before, received.Before),
            new(isTwo ? $"{accepted.Name} after" : accepted.Name, accepted.After, received.After),
        ];
        return both.Where(change => change.Accepted != change.Received);
    }

    public override string ToString() => $"{Name} {Text(Accepted)} -> {Text(Received)}";

    private static string Text(double? number) => number is null ? "none" : Number.Text(number);
}
