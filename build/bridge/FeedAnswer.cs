#nullable enable
using System.Text.RegularExpressions;

/// <summary>What the package feed said about one package.</summary>
/// <param name="IsThere">Whether the package can be restored.</param>
/// <param name="IsUnreachable">Whether the feed did not answer, so that this says nothing about the package.</param>
/// <param name="Why">A clause for a sentence: the reason it cannot be restored.</param>
internal sealed record FeedAnswer(bool IsThere, bool IsUnreachable, string Why)
{
    public static FeedAnswer Has() => new(true, false, "the feed has it");

    public static FeedAnswer Unreachable(string how) =>
        new(false, true, $"the package feed cannot be reached ({how}); it is asked again next time");

    /// <summary>Reads what <c>dotnet restore</c> printed; NU13xx is about the feed, every other NU code about the package.</summary>
    public static FeedAnswer Of(string package, string version, int exitCode, string output)
    {
        string[] codes = [.. Regex.Matches(output, @"\bNU\d{4}\b").Select(match => match.Value).Distinct().Order()];
        if (exitCode == 0)
        {
            return Has();
        }

        if (Array.Find(codes, code => code.StartsWith("NU13", StringComparison.Ordinal)) is { } code)
        {
            return Unreachable(code);
        }

        return codes.Length > 0
            ? new(false, false, $"the feed cannot supply {package} {version} ({string.Join(", ", codes)})")
            : Unreachable($"'dotnet restore' ended with {exitCode} and named no reason");
    }
}
