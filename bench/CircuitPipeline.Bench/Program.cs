using CircuitPipeline.Bench;
using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.Tensors.Reproducibility;
using TorchSharp;

// The names on the command line; without any, all but those that need many minutes or many gigabytes.
(string Name, bool IsHuge, int Threads, Action<TextWriter> Run)[] benchmarks =
[
    ("text", false, 1, TextReading.Run),
    ("operator-call", false, 1, OperatorCall.Run),
    ("training-step", false, 1, output => TrainingStep.Run(output)),
    ("fine-tuning-step", false, 1, output => FineTuningStep.Run(output)),
    ("stacked-steps", false, 1, StackedSteps.Run),
    ("lora-step", false, 2, output => LoraStep.Run(output, "70m")),
    ("lora-step-160m", false, 2, output => LoraStep.Run(output, "160m")),
    ("lora-step-one-thread", false, 1, output => LoraStep.Run(output, "70m")),
    ("lora-step-160m-one-thread", true, 1, output => LoraStep.Run(output, "160m")),
    ("lora-memory", true, 2, output => LoraMemory.Run(output, "1.4b")),
    ("eap-ig", false, 2, output => EapIg.Run(output)),
    ("shared-prefix", false, 2, SharedPrefixRuns.Run),
    ("circuit-evaluation", false, 2, CircuitRuns.Run),
    ("numerics", false, 1, NumericsCost.Run),
    ("scaling", false, 2, Scaling.Run),
    ("memory", false, 2, output => PeakMemory.Run(output, ["70m", "160m"])),
    ("memory-large", true, 2, output => PeakMemory.Run(output, ["410m", "1.4b"])),
    ("method-memory", true, 2, output => MethodMemory.Run(output, "Float32")),
    ("method-memory-16", true, 2, output => MethodMemory.Run(output, "BFloat16")),
    ("family-small", true, 2, output => FamilyShapes.Run(output, ["qwen2.5-0.5b"])),
    ("family-large", true, 2, output => FamilyShapes.Run(output, ["llama-3.2-1b", "pythia-1.4b"])),
];

if (args is [PeakMemory.OfOne, var size, var prompts])
{
    GuardedCalls.UseThreads(2);
    PeakMemory.RunOne(Console.Out, size, prompts);
    return 0;
}

if (args is [LoraMemory.OfOne, var shapeOfLora, var checkpointing])
{
    GuardedCalls.UseThreads(2);
    LoraMemory.RunOne(Console.Out, shapeOfLora, bool.Parse(checkpointing));
    return 0;
}

if (args is [MethodMemory.OfOne, var family, var method, var dtype])
{
    GuardedCalls.UseThreads(2);
    MethodMemory.RunOne(Console.Out, family, method, dtype);
    return 0;
}

if (args is [FamilyShapes.OfOne, var shape, .. var folders])
{
    GuardedCalls.UseThreads(2);
    if (folders is [var folder, var work])
    {
        FamilyShapes.RunLoaded(Console.Out, shape, folder, work);
    }
    else
    {
        FamilyShapes.RunOne(Console.Out, shape);
    }

    return 0;
}

if (args is [NumericsCost.OfOne, var numerics])
{
    ProcessNumerics.Fix(Enum.Parse<Numerics>(numerics));
    GuardedCalls.UseThreads(1);
    NumericsCost.RunOne(Console.Out);
    return 0;
}

// On a device: 'shapes cuda' or 'steps cuda', or with sizes behind it.
if (args is [DeviceShapes.Name or DeviceSteps.Name, var place, .. var sizes])
{
    Action<TextWriter, string, IReadOnlyList<string>> run =
        args[0] == DeviceSteps.Name ? DeviceSteps.Run : DeviceShapes.Run;
    GuardedCalls.UseThreads(Environment.ProcessorCount);
    run(Console.Out, place, sizes is [] ? ["160m", "1.4b"] : sizes);
    return 0;
}

string[] unknown = [.. args.Except(benchmarks.Select(benchmark => benchmark.Name))];
if (unknown.Length > 0)
{
    Console.Error.WriteLine(
        $"There is no benchmark '{unknown[0]}'; there are '{string.Join("', '", benchmarks.Select(benchmark => benchmark.Name))}'."
    );
    return 2;
}

Console.WriteLine($"libtorch {torch.__version__}, {Environment.ProcessorCount} processors");
foreach ((string Name, bool IsHuge, int Threads, Action<TextWriter> Run) benchmark in benchmarks)
{
    if (args.Length == 0 ? benchmark.IsHuge : !args.Contains(benchmark.Name))
    {
        continue;
    }

    GuardedCalls.UseThreads(benchmark.Threads);
    benchmark.Run(Console.Out);
}

return 0;
