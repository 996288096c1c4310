namespace CircuitPipeline.Reporting;

/// <summary>A cell of a table: its text and what marks it.</summary>
internal readonly record struct Cell(string Text, string Mark = "")
{
    public static implicit operator Cell(string text) => new(text);

    public string Classes(bool isNumber) => string.Join(' ', new[] { isNumber ? "n" : "", Mark }.Where(c => c != ""));
}
