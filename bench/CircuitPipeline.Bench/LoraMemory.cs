using System.Globalization;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Training;
using static TorchSharp.torch;

namespace CircuitPipeline.Bench;

/// <summary>Peak resident memory of LoRA at a Pythia's shape, with activations kept and computed again, against what is declared; and the time that the second takes.</summary>
internal static class LoraMemory
{
    internal const string OfOne = "lora-memory-of";
    private const int Rank = 8;
    private const int Steps = 2;

    internal static void Run(TextWriter output, string size)
    {
        foreach (bool checkpointing in (bool[])[false, true])
        {
            output.Write(OwnProcess.Output(OfOne, size, checkpointing.ToString()));
        }
    }

    internal static void RunOne(TextWriter output, string size, bool checkpointing)
    {
        TransformerConfig config = PythiaShapes.Of(size);
        using Generator random = new(1);
        using Transformer model = TransformerFactory.Create(config, random);
        using LoraAdapter adapter = LoraAdapter.Attach(model, _ => Rank, 2, random);
        using TrainingRows rows = LoraStep.Rows(config, LoraStep.Batch, CPU);
        Trainer trainer = new(
            new TrainingOptions
            {
                Steps = Steps,
                Batch = LoraStep.Batch,
                LearningRate = 1e-3,
                Schedule = _ => 1,
                ActivationCheckpointing = checkpointing,
            },
            TimeProvider.System
        );
        double built = PeakMemory.Now();
        PeakMemory.ResetPeak();
        double seconds = Measure.Seconds(() =>
            trainer.Train(model, adapter.Parameters, rows, new SeededRandom(1), _ => { }, default)
        );
        double peak = PeakMemory.Peak();
        double weights = 4.0 * config.ParameterCount;
        long declared =
            MemoryBound.RuntimeBytes
            + new TrainingMemory(config, 4, adapter.ParameterCount, isFull: false).Bytes(
                LoraStep.Batch * rows.Length,
                rows.Length,
                LoraStep.Batch * rows.MostLabels,
                checkpointing
            );
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"LoRA, Pythia-{size}, activations {(checkpointing ? "computed again" : "kept")}: peak {peak / 1e9:F2} GB, {peak / weights:F2} of the weights, "
                    + $"declared {declared / 1e9:F2} GB ({declared / peak:F2}); above the model {(peak - built) / 1e9:F2} GB; {seconds / Steps:F1} s a step"
            )
        );
    }
}
