using System.Text;
using VerifyTests.Engine;

namespace VerifyTests.Scrubbing;

/// <summary>Applies all scrubbers to one text, and gives it <c>\n</c> as line end.</summary>
internal sealed class Scrubbed(VerifySettings settings, Counter counter, Folders folders)
{
    /// <summary>A whole text with an extension.</summary>
    public string Text(string text, string extension) => Apply(text, extension);

    /// <summary>A text inside of an object.</summary>
    public string Value(string text) => Apply(text, null);

    private string Apply(string text, string? extension)
    {
        StringBuilder builder = new(text);
        foreach (Scrubber scrubber in settings.Scrubbers.Concat(VerifierSettings.ScrubbersFor(extension)))
        {
            scrubber(builder, counter);
        }

        folders.Replace(builder);
        return builder.Replace("\r\n", "\n").Replace('\r', '\n').ToString();
    }
}
