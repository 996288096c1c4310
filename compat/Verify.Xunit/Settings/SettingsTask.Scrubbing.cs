using System.Diagnostics.Contracts;
using System.Text;

namespace VerifyTests;

public partial class SettingsTask
{
    [Pure]
    public SettingsTask AddScrubber(
        Action<StringBuilder> scrubber,
        ScrubberLocation location = ScrubberLocation.First
    ) => With(current => current.AddScrubber(scrubber, location));

    [Pure]
    public SettingsTask ScrubInlineGuids(ScrubberLocation location = ScrubberLocation.First) =>
        With(current => current.ScrubInlineGuids(location));

    [Pure]
    public SettingsTask ScrubLines(Func<string, bool> removeLine, ScrubberLocation location = ScrubberLocation.First) =>
        With(current => current.ScrubLines(removeLine, location));

    [Pure]
    public SettingsTask ScrubLinesWithReplace(
        Func<string, string?> replaceLine,
        ScrubberLocation location = ScrubberLocation.First
    ) => With(current => current.ScrubLinesWithReplace(replaceLine, location));

    [Pure]
    public SettingsTask ScrubEmptyLines(ScrubberLocation location = ScrubberLocation.First) =>
        With(current => current.ScrubEmptyLines(location));

    [Pure]
    public SettingsTask ScrubLinesContaining(params string[] stringToMatch) =>
        With(current => current.ScrubLinesContaining(stringToMatch));

    [Pure]
    public SettingsTask ScrubLinesContaining(StringComparison comparison, params string[] stringToMatch) =>
        With(current => current.ScrubLinesContaining(comparison, stringToMatch));
}
