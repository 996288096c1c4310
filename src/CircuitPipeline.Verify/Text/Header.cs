namespace CircuitPipeline.Verify;

/// <summary>One line of a snapshot's head.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Value">What it says, on one line.</param>
/// <param name="IsCount">Whether it follows from the entries, so that a tolerance for them covers it.</param>
internal sealed record Header(string Name, string Value, bool IsCount = false)
{
    /// <summary>What every snapshot's first line is: what it is of.</summary>
    public const string Title = "snapshot";

    private const string Colon = ": ";

    /// <summary>Reads a line.</summary>
    /// <param name="line">A line as <see cref="ToString"/> writes it.</param>
    /// <returns>The header; null for any other line.</returns>
    public static Header? Parse(string line) =>
        line.Split(Colon, 2) is [{ Length: > 0 } name, var value] ? new Header(name, value) : null;

    /// <inheritdoc/>
    public override string ToString() => Name + Colon + Value.ReplaceLineEndings(" ");
}
