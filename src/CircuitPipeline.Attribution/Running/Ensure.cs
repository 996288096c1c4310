using System.Runtime.CompilerServices;

namespace CircuitPipeline.Attribution.Running;

/// <summary>Ranges of constructor arguments.</summary>
internal static class Ensure
{
    internal static int AtLeastOne(int value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }
}
