namespace CircuitPipeline.BuildHost;

/// <summary>Which tests run, as <c>dotnet test --filter</c> understands it.</summary>
public static class TestFilter
{
    /// <summary>All but those with the attribute <c>[Slow]</c>, which is this trait.</summary>
    public const string Fast = "Category!=slow";

    /// <summary>The filter for a run, or null when every test runs.</summary>
    /// <param name="includesSlow">Whether the slow tests run too.</param>
    /// <param name="asked">The value of <c>--filter</c>; in parentheses, because it may have an 'or' of its own.</param>
    public static string? For(bool includesSlow, string? asked) =>
        includesSlow ? asked
        : asked is null ? Fast
        : $"{Fast}&({asked})";
}
