using System.Text;
using VerifyTests.Engine;
using VerifyTests.Scrubbing;

namespace VerifyTests;

/// <summary>What holds for all calls of Verify; said in a module initializer, before the first of them.</summary>
public static class VerifierSettings
{
    private static readonly Dictionary<string, StringCompare> Comparers = [];
    private static readonly Dictionary<string, List<Scrubber>> ExtensionScrubbers = [];
    private static readonly List<Scrubber> GlobalScrubbers = [];

    public static void RegisterStringComparer(string extension, StringCompare compare)
    {
        FirstRun.MustBeAhead($"{nameof(VerifierSettings)}.{nameof(RegisterStringComparer)}");
        Names.MustBeExtension(extension);
        Comparers[extension] = compare;
    }

    public static void AddScrubber(Action<StringBuilder> scrubber, ScrubberLocation location = ScrubberLocation.First)
    {
        FirstRun.MustBeAhead($"{nameof(VerifierSettings)}.{nameof(AddScrubber)}");
        GlobalScrubbers.Add((text, _) => scrubber(text), location);
    }

    public static void AddScrubber(
        string extension,
        Action<StringBuilder> scrubber,
        ScrubberLocation location = ScrubberLocation.First
    )
    {
        FirstRun.MustBeAhead($"{nameof(VerifierSettings)}.{nameof(AddScrubber)}");
        if (!ExtensionScrubbers.TryGetValue(extension, out List<Scrubber>? scrubbers))
        {
            ExtensionScrubbers[extension] = scrubbers = [];
        }

        scrubbers.Add((text, _) => scrubber(text), location);
    }

    internal static StringCompare? ComparerFor(string extension) => Comparers.GetValueOrDefault(extension);

    /// <summary>The scrubbers of all texts, after those of texts with an extension where there is one.</summary>
    internal static IEnumerable<Scrubber> ScrubbersFor(string? extension) =>
        extension is null
            ? GlobalScrubbers
            : [.. ExtensionScrubbers.GetValueOrDefault(extension, []), .. GlobalScrubbers];
}
