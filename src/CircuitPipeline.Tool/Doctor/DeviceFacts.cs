using CircuitPipeline.Study.Engine;

namespace CircuitPipeline.Tool.Doctor;

/// <summary>What computes.</summary>
/// <param name="Name">The processor's or the card's name; null where nothing says it.</param>
/// <param name="Driver">The card's driver.</param>
/// <param name="MemoryBytes">Its memory; 0 where nothing says it.</param>
/// <param name="FreeBytes">What of it is free.</param>
internal sealed record DeviceFacts(string? Name, string? Driver, long MemoryBytes, long FreeBytes)
{
    private const string ProcessorFile = "/proc/cpuinfo";
    private const string MemoryFile = "/proc/meminfo";

    /// <summary>The processor of this machine.</summary>
    internal static DeviceFacts OfProcessor() => OfProcessor(Lines(ProcessorFile), Lines(MemoryFile));

    /// <param name="processor">The lines of <c>/proc/cpuinfo</c>.</param>
    /// <param name="memory">The lines of <c>/proc/meminfo</c>, in units of 1024 bytes.</param>
    internal static DeviceFacts OfProcessor(IReadOnlyList<string> processor, IReadOnlyList<string> memory) =>
        new(Value(processor, "model name"), null, Bytes(memory, "MemTotal"), Bytes(memory, "MemAvailable"));

    /// <summary>The first card of this machine; null where NVIDIA's tool says nothing.</summary>
    internal static DeviceFacts? OfFirstCard() =>
        GraphicsCard.All() is [var card, ..] ? new(card.Name, card.Driver, card.MemoryBytes, card.FreeBytes) : null;

    private static string? Value(IReadOnlyList<string> lines, string key) =>
        lines
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .FirstOrDefault(pair => pair.Length == 2 && pair[0] == key)
            ?[1];

    private static long Bytes(IReadOnlyList<string> lines, string key) =>
        long.TryParse(Value(lines, key)?.Split(' ')[0], out long kibibytes) ? kibibytes * 1024 : 0;

    private static string[] Lines(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];
}
