namespace CircuitPipeline.Reporting;

/// <summary>A column of a table on the page.</summary>
internal readonly record struct Column(string Title, bool IsNumber = false)
{
    public static Column Number(string title) => new(title, IsNumber: true);

    public static implicit operator Column(string title) => new(title);
}
