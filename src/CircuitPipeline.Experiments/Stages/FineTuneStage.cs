using System.Reflection;
using CircuitPipeline.Prompts;
using CircuitPipeline.Training;
using TorchSharp;

namespace CircuitPipeline.Experiments;

/// <summary>Fine-tunes every base model with the uniform adapter and keeps the adapter at the checkpoints.</summary>
internal sealed class FineTuneStage : IStage
{
    internal const string StageName = "FineTune";
    internal const string Method = "lora";

    /// <inheritdoc/>
    public string Name => StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public StageCode Code { get; } =
        new(
            Assembly.GetExecutingAssembly(),
            ["Stages/FineTuneStage.cs", "Stages/FineTuneRun.cs", "Stages/TestAnswers.cs", "Stages/TrainingMetrics.cs"],
            [typeof(Trainer).Assembly]
        );

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan(ExperimentSpec spec) =>
        ItemNames
            .Repetitions(spec.Seeds)
            .Select(repetition =>
                WorkItem.Of(
                    ItemNames.Run(Method, repetition.Base, repetition.Adapter),
                    new Slice(spec.Seed, repetition.Base, repetition.Adapter, spec.FineTune),
                    Train,
                    FineTuneRun.Inputs(repetition.Base),
                    usesEngine: true
                )
            );

    /// <summary>The adapter after a step.</summary>
    internal static string AdapterFile(int step) => $"adapter-{step}.safetensors";

    /// <summary>Initial adapter weights and data order of a repetition; the same for every method.</summary>
    internal static SeededRandom RandomOf(int seed, int number, int adapter) =>
        new SeededRandom(seed).Derive($"fine-tune base {number} adapter {adapter}");

    private static void Train(Slice slice, WorkItemContext context)
    {
        SeededRandom random = RandomOf(slice.Seed, slice.Base, slice.Adapter);
        using FineTuneRun run = new(slice.FineTune, slice.Base, context);
        run.Test(FineTuneRun.BaseTestName, 0);
        using torch.Generator weights = new(random.Derive("adapter weights").NextBits());
        using LoraAdapter adapter = LoraAdapter.Attach(
            run.Model,
            _ => slice.FineTune.Rank,
            slice.FineTune.AlphaOverRank,
            weights
        );
        context.Progress($"{adapter.ParameterCount:N0} trained parameters at rank {slice.FineTune.Rank}");
        run.Train(
            adapter.Parameters,
            slice.FineTune.Lr,
            random,
            step => adapter.Save(context.OutputFile(AdapterFile(step)))
        );
    }

    private sealed record Slice(int Seed, int Base, int Adapter, FineTuneSpec FineTune);
}
