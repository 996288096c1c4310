using System.Globalization;

namespace CircuitPipeline.Tool.Commands;

/// <summary>A number with its noun: <c>1 edge</c>, <c>1,084 edges</c>.</summary>
internal static class Counted
{
    internal static string Of(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
