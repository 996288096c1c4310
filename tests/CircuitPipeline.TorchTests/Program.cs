using CircuitPipeline.TorchTests.EngineAssumptions;

namespace CircuitPipeline.TorchTests;

/// <summary>What this assembly does as a process of its own: one call that may end it. Its tests are run by their host.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        try
        {
            FatalCalls.Make(arguments[0]);
            return 0;
        }
        catch (Exception problem)
        {
            // The runtime would report it by the same signal as a fatal call.
            Console.Error.WriteLine(problem.Message);
            return 1;
        }
    }
}
