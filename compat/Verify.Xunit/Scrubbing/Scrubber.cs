using System.Text;
using VerifyTests.Engine;

namespace VerifyTests.Scrubbing;

/// <summary>Changes a text in place; the counter names what is replaced.</summary>
internal delegate void Scrubber(StringBuilder text, Counter counter);

internal static class ScrubberList
{
    public static void Add(this List<Scrubber> scrubbers, Scrubber scrubber, ScrubberLocation location) =>
        scrubbers.Insert(location == ScrubberLocation.First ? 0 : scrubbers.Count, scrubber);
}
