using System.Globalization;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.Training;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Bench;

/// <summary>Times optimizer steps beside the machine's own products, says how far they are from their floor, and returns a step's seconds.</summary>
internal static class StepMeasure
{
    internal static double Run(
        TextWriter output,
        string name,
        string shape,
        int steps,
        int batch,
        (Transformer Model, IEnumerable<Parameter> Parameters, TrainingRows Rows) trained,
        double flopsPerToken
    )
    {
        Trainer trainer = new(
            new TrainingOptions
            {
                Steps = steps,
                Batch = batch,
                LearningRate = 1e-3,
                Schedule = _ => 1,
            },
            TimeProvider.System
        );

        // As in a study, whose runs are hundreds of steps: freed pages are handed back once.
        using IDisposable kept = FreedMemory.Keep();
        (double seconds, double rate) = Measure.BesideProducts(
            9,
            () => trainer.Train(trained.Model, trained.Parameters, trained.Rows, new SeededRandom(1), _ => { }, default)
        );

        double tokens = (double)steps * batch * trained.Rows.Length;
        double floor = tokens * flopsPerToken;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {seconds / steps * 1e3:F1} ms, {tokens / seconds:N0} tokens/s{shape}; floor {floor / steps / 1e9:F2} GFLOP; "
                    + $"products run at {rate / 1e9:F0} GFLOP/s; floor / (time x rate) = {floor / (seconds * rate):F2}"
            )
        );
        return seconds / steps;
    }
}
