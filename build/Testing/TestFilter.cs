namespace CircuitPipeline.BuildHost;

/// <summary>Which tests run, as <c>dotnet test --filter</c> understands it.</summary>
public static class TestFilter
{
    /// <summary>All but those with the attribute <c>[Gpu]</c>, which is this trait.</summary>
    public const string Everywhere = "Category!=gpu";

    /// <summary>All of those but the ones with the attribute <c>[Slow]</c>, which is this trait.</summary>
    public const string Fast = $"{Everywhere}&Category!=slow";

    /// <summary>Those with the attribute <c>[Gpu]</c>.</summary>
    public const string Gpu = "Category=gpu";

    /// <summary>The filter for a run.</summary>
    /// <param name="category">One of the filters above.</param>
    /// <param name="asked">The value of <c>--filter</c>; in parentheses, because it may have an 'or' of its own.</param>
    public static string For(string category, string? asked) => asked is null ? category : $"{category}&({asked})";
}
