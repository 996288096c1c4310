namespace CircuitPipeline.Study.Engine;

/// <summary>The devices that can be computed on.</summary>
public static class Devices
{
    /// <summary>The processor.</summary>
    public const string Cpu = "cpu";

    /// <summary>The first CUDA card.</summary>
    public const string Cuda = "cuda";

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Cpu, Cuda];

    /// <summary>The names as a sentence has them: <c>'cpu' or 'cuda'</c>.</summary>
    public static string NamesText { get; } = string.Join(" or ", Names.Select(name => $"'{name}'"));

    /// <summary>How many work items run side by side where nobody says: one for each processor, but one on a card.</summary>
    /// <param name="device">The device; null for the default.</param>
    /// <param name="processors">How many the machine has.</param>
    public static int DefaultJobs(string? device, int processors) => device == Cuda ? 1 : processors;
}
