using System.Text.RegularExpressions;

namespace CircuitPipeline.Tests.Studies;

/// <summary>Printed lines without what differs from version to version.</summary>
internal static partial class Printed
{
    public static string WithoutDigests(string text) => Digests().Replace(text, "#");

    [GeneratedRegex("[0-9a-f]{12}")]
    private static partial Regex Digests();
}
