#nullable enable
using System.Text.RegularExpressions;

/// <summary>What the package feed said about one package.</summary>
/// <param name="IsThere">Whether the package can be restored.</param>
/// <param name="IsUnreachable">Whether the feed did not answer, so that this says nothing about the package.</param>
/// <param name="Why">A clause for a sentence: the reason it cannot be restored.</param>
internal sealed record FeedAnswer(bool IsThere, bool IsUnreachable, string Why)
{
    private const string Error = @"^(.*[\\/](?<project>.+?\.csproj) : )?.*\berror (?<code>NU\d{4})\b";

    public static FeedAnswer Has() => new(true, false, "the feed has it");

    public static FeedAnswer Unreachable(string how) =>
        new(false, true, $"the package feed cannot be reached ({how}); it is asked again next time");

    /// <summary>Reads what <c>dotnet restore</c> printed; NU13xx is about the feed, every other NU code about the package.</summary>
    /// <remarks>An error begins with its project, which may be another package's; one that names no project is about all of them.</remarks>
    public static FeedAnswer Of(string package, string version, int exitCode, string output)
    {
        if (exitCode == 0)
        {
            return Has();
        }

        (string Project, string Code)[] errors =
        [
            .. Regex
                .Matches(output, Error, RegexOptions.Multiline)
                .Select(match => (match.Groups["project"].Value, match.Groups["code"].Value)),
        ];
        string[] codes =
        [
            .. errors
                .Where(error => error.Project == "" || error.Project == FeedProbe.ProjectName(package))
                .Select(error => error.Code)
                .Distinct()
                .Order(),
        ];
        string? feed = Array.Find(codes, code => code.StartsWith("NU13", StringComparison.Ordinal));
        return errors.Length == 0 ? Unreachable($"'dotnet restore' ended with {exitCode} and named no reason")
            : feed is not null ? Unreachable(feed)
            : codes.Length == 0 ? Has()
            : new(false, false, $"the feed cannot supply {package} {version} ({string.Join(", ", codes)})");
    }
}
