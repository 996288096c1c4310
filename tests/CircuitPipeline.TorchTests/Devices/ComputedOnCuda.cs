using CircuitPipeline.Testing;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Devices;

/// <summary>A test of a CUDA device; skipped, visibly, where there is none.</summary>
public sealed class CudaTheoryAttribute : TheoryAttribute
{
    internal const string Missing = "This libtorch finds no CUDA device; see 'circuit doctor --device cuda'.";

    public CudaTheoryAttribute() => Skip = cuda.is_available() ? null : Missing;
}

/// <summary>A device computes what the processor computes.</summary>
public sealed class ComputedOnCuda
{
    private const string Run = "checks on ";

    public static TheoryData<string> Checks { get; } = [.. DeviceChecks.All.Keys];

    [Gpu]
    [CudaTheory]
    [MemberData(nameof(Checks))]
    public void Is_what_the_processor_computes(string check) => DeviceChecks.All[check](device("cuda"));

    /// <summary>So that the checks themselves are known to hold where nothing is forgotten.</summary>
    [Theory]
    [MemberData(nameof(Checks))]
    public void Is_checked_on_the_processor_too(string check) => DeviceChecks.All[check](CPU);

    /// <summary>All checks for <see cref="Program"/>, on machines without a runner of tests.</summary>
    internal static Action? Named(string run) =>
        run.StartsWith(Run, StringComparison.Ordinal) ? () => RunAll(run[Run.Length..]) : null;

    private static void RunAll(string place)
    {
        if (place == "cuda" && !cuda.is_available())
        {
            throw new InvalidOperationException(CudaTheoryAttribute.Missing);
        }

        Device tried = device(place);
        List<string> failed = [];
        foreach ((string name, Action<Device> check) in DeviceChecks.All)
        {
            string? problem = ProblemOf(() => check(tried));
            Console.WriteLine(problem is null ? $"passed: {name}" : $"FAILED: {name}: {problem}");
            if (problem is not null)
            {
                failed.Add(name);
            }
        }

        Console.WriteLine($"{DeviceChecks.All.Count - failed.Count} passed, {failed.Count} failed on {place}");
        if (failed.Count > 0)
        {
            throw new InvalidOperationException($"Failed on '{place}': {string.Join(", ", failed)}.");
        }
    }

    // Whatever it is, the next check shall run.
    private static string? ProblemOf(Action check)
    {
        try
        {
            check();
            return null;
        }
        catch (Exception problem)
        {
            return problem.Message.Split('\n')[0];
        }
    }
}
