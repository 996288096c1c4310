using System.Globalization;
using CircuitPipeline.Pipeline.Running;

namespace CircuitPipeline.Study.Engine;

/// <summary>A graphics card as NVIDIA's own tool describes it.</summary>
/// <param name="Name">Its name, such as <c>NVIDIA H100 80GB HBM3</c>.</param>
/// <param name="Driver">The driver's version.</param>
/// <param name="MemoryBytes">Its memory.</param>
/// <param name="FreeBytes">What of it was free when it was asked for.</param>
public sealed record GraphicsCard(string Name, string Driver, long MemoryBytes, long FreeBytes)
{
    private const string Program = "nvidia-smi";
    private const long Mebibyte = 1 << 20;

    /// <summary>All cards of this machine; none where NVIDIA's tool is not there or fails.</summary>
    /// <param name="program">The tool; by default <c>nvidia-smi</c>, which comes with the driver.</param>
    public static IReadOnlyList<GraphicsCard> All(string program = Program) =>
        [.. Lines(program).Select(Parse).OfType<GraphicsCard>()];

    /// <summary>The first card, as a result's provenance records it: <c>gpu</c> and <c>driver</c>.</summary>
    internal static Dictionary<string, string> FactsOfFirst() =>
        All() is [var card, ..] ? new() { ["driver"] = card.Driver, ["gpu"] = card.Name } : [];

    // name, driver, memory in MiB, free memory in MiB
    private static GraphicsCard? Parse(string line) =>
        line.Split(',', StringSplitOptions.TrimEntries) is [var name, var driver, var total, var free]
            ? new GraphicsCard(name, driver, Bytes(total), Bytes(free))
            : null;

    // A part of a card says '[N/A]'.
    private static long Bytes(string mebibytes) =>
        long.TryParse(mebibytes, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number * Mebibyte
            : 0;

    private static string[] Lines(string program) =>
        ProgramOutput
            .Of(program, ["--query-gpu=name,driver_version,memory.total,memory.free", "--format=csv,noheader,nounits"])
            ?.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        ?? [];
}
