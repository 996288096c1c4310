using System.Text;
using VerifyTests.Scrubbing;

namespace VerifyTests;

public partial class VerifySettings
{
    internal List<Scrubber> Scrubbers { get; private set; } = [];

    public void AddScrubber(Action<StringBuilder> scrubber, ScrubberLocation location = ScrubberLocation.First) =>
        Scrubbers.Add((text, _) => scrubber(text), location);

    /// <summary>Guids inside of texts become Guid_1, Guid_2, … in the order of their appearance.</summary>
    public void ScrubInlineGuids(ScrubberLocation location = ScrubberLocation.First) =>
        Scrubbers.Add(InlineGuids.Replace, location);

    /// <summary>Leaves out lines.</summary>
    public void ScrubLines(Func<string, bool> removeLine, ScrubberLocation location = ScrubberLocation.First) =>
        AddScrubber(text => Lines.Replace(text, line => removeLine(line) ? null : line), location);

    /// <summary>Puts another line in a line's place, or none for null.</summary>
    public void ScrubLinesWithReplace(
        Func<string, string?> replaceLine,
        ScrubberLocation location = ScrubberLocation.First
    ) => AddScrubber(text => Lines.Replace(text, replaceLine), location);

    /// <summary>Leaves out lines that are blank, and the last line end.</summary>
    public void ScrubEmptyLines(ScrubberLocation location = ScrubberLocation.First) =>
        AddScrubber(Lines.RemoveEmpty, location);

    /// <summary>Leaves out lines that have one of some texts in them, in upper or lower case.</summary>
    public void ScrubLinesContaining(params string[] stringToMatch) =>
        ScrubLinesContaining(StringComparison.OrdinalIgnoreCase, stringToMatch);

    /// <summary>Leaves out lines that have one of some texts in them.</summary>
    public void ScrubLinesContaining(StringComparison comparison, params string[] stringToMatch) =>
        ScrubLines(line => stringToMatch.Any(match => line.Contains(match, comparison)));
}
