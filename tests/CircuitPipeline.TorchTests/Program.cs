using CircuitPipeline.TorchTests.Devices;
using CircuitPipeline.TorchTests.EngineAssumptions;
using CircuitPipeline.TorchTests.SafeCalls;
using CircuitPipeline.TorchTests.Studies;
using CircuitPipeline.TorchTests.TensorsRoom;
using CircuitPipeline.TorchTests.Training.Adapters;

namespace CircuitPipeline.TorchTests;

/// <summary>What this assembly does as a process of its own: one thing that may end it, or that needs it alone. Its tests are run by their host.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        try
        {
            Action run =
                FatalCalls.Named(arguments[0])
                ?? StudiesOnOtherProcessors.Named(arguments[0])
                ?? NumericsOfAProcess.Named(arguments[0])
                ?? NumbersWhileGarbageIsCollected.Named(arguments[0])
                ?? ComputedOnCuda.Named(arguments[0])
                ?? LogitsOfPeft.Named(arguments[0])
                ?? throw new ArgumentException($"Nothing is called '{arguments[0]}'.");
            run();
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
