using System.Globalization;

namespace VerifyTests.Engine;

/// <summary>Names values that change from run to run by the order in which they appear: Guid_1, DateTime_2.</summary>
internal sealed class Counter
{
    private const string Iso = "yyyy-MM-ddTHH:mm:ss.FFFFFFFK";
    private readonly Dictionary<object, string> _names = [];
    private readonly Dictionary<Type, int> _counts = [];

    public string Name(Guid value) => value == Guid.Empty ? "Guid_Empty" : Next(value, "Guid");

    // The first and the last day count as the extremes, whatever the time.
    public string Name(DateTime value) =>
        Extreme(value.Date, DateTime.MinValue.Date, DateTime.MaxValue.Date, "Date")
        ?? Next((value, value.Kind), "DateTime");

    public string Name(DateTimeOffset value) =>
        Extreme(value.Date, DateTime.MinValue.Date, DateTime.MaxValue.Date, "Date")
        ?? Next((value, value.Offset), "DateTimeOffset");

    public string Name(DateOnly value) =>
        Extreme(value, DateOnly.MinValue, DateOnly.MaxValue, "Date") ?? Next(value, "Date");

    public string Name(TimeOnly value) =>
        Extreme(value, TimeOnly.MinValue, TimeOnly.MaxValue, "Time") ?? Next(value, "Time");

    /// <summary>A name for a text that is nothing but such a value; null for any other text.</summary>
    public string? Name(string text) =>
        Guid.TryParse(text, out Guid guid) ? Name(guid)
        : DateTimeOffset.TryParseExact(text, Iso, null, DateTimeStyles.None, out DateTimeOffset instant) ? Name(instant)
        // Without an offset, where the local one leads beyond the first or the last instant.
        : DateTime.TryParseExact(text, Iso, null, DateTimeStyles.None, out DateTime local) ? Name(local)
        : DateOnly.TryParseExact(text, "d", out DateOnly date) ? Name(date)
        : TimeOnly.TryParseExact(text, "h:mm tt", out TimeOnly time) ? Name(time)
        : null;

    private static string? Extreme<T>(T value, T least, T most, string name)
        where T : IEquatable<T> =>
        value.Equals(least) ? $"{name}_MinValue"
        : value.Equals(most) ? $"{name}_MaxValue"
        : null;

    private string Next(object value, string name)
    {
        if (!_names.TryGetValue(value, out string? known))
        {
            int count = _counts[value.GetType()] = _counts.GetValueOrDefault(value.GetType()) + 1;
            _names[value] = known = $"{name}_{count}";
        }

        return known;
    }
}
