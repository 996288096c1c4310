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
}
