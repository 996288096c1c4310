using System.Text;
using System.Text.RegularExpressions;
using VerifyTests.Engine;

namespace VerifyTests.Scrubbing;

/// <summary>Replaces guids inside of a text, where no letter or digit touches them.</summary>
internal static partial class InlineGuids
{
    public static void Replace(StringBuilder text, Counter counter)
    {
        string replaced = Pattern().Replace(text.ToString(), match => counter.Name(Guid.Parse(match.Value)));
        text.Clear().Append(replaced);
    }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![\p{L}\p{N}])")]
    private static partial Regex Pattern();
}
