using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.DiffCircuits;
using CircuitPipeline.Study.DiscoverCircuits;
using CircuitPipeline.Study.Engine;
using CircuitPipeline.Study.EvaluateCircuits;
using CircuitPipeline.Study.FineTune;
using CircuitPipeline.Study.GenerateData;
using CircuitPipeline.Study.PlanRanks;
using CircuitPipeline.Study.Pretrain;
using CircuitPipeline.Study.Report;
using CircuitPipeline.Study.Retrain;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study;

/// <summary>The study of the paper, stage by stage.</summary>
public static class StudyStages
{
    /// <summary>What depends on what, from the data to the report.</summary>
    public static StageGraph Graph { get; } =
        new([
            new("GenerateData", "Makes the corpora, the prompt pairs and the vocabulary.", []),
            new("Pretrain", "Trains the base model from scratch.", ["GenerateData"]),
            new("FineTune", "Fine-tunes the base model on the target task and keeps checkpoints.", ["Pretrain"]),
            new("DiscoverCircuits", "Scores edges and selects the circuit of every checkpoint.", ["FineTune"]),
            new("EvaluateCircuits", "Measures how faithful the circuits are.", ["DiscoverCircuits"]),
            new("DiffCircuits", "Compares the circuits before and after fine-tuning.", ["DiscoverCircuits"]),
            new("PlanRanks", "Turns the circuit diff into adapter ranks.", ["DiffCircuits"]),
            new("Retrain", "Fine-tunes again with the planned ranks.", ["PlanRanks"]),
            new("Report", "Writes the page and the tables.", ["EvaluateCircuits", "Retrain"]),
        ]);

    /// <summary>The stages of an experiment, and TorchSharp.</summary>
    public static StageCatalog Of(ExperimentSpec spec) =>
        new(
            Graph,
            [
                new GenerateDataStage(spec),
                new PretrainStage(spec),
                new FineTuneStage(spec),
                new DiscoverCircuitsStage(spec),
                new EvaluateCircuitsStage(spec),
                new DiffCircuitsStage(spec),
                new PlanRanksStage(spec),
                new RetrainStage(spec),
                new ReportStage(spec),
            ],
            new TorchEngine()
        );
}
