using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.AttributeEdges;
using CircuitPipeline.Study.DiffCircuits;
using CircuitPipeline.Study.Engine;
using CircuitPipeline.Study.EvaluateCircuits;
using CircuitPipeline.Study.EvaluateRobustness;
using CircuitPipeline.Study.FineTune;
using CircuitPipeline.Study.GenerateData;
using CircuitPipeline.Study.ImportData;
using CircuitPipeline.Study.ImportModel;
using CircuitPipeline.Study.Imports;
using CircuitPipeline.Study.PlanRanks;
using CircuitPipeline.Study.Pretrain;
using CircuitPipeline.Study.RediscoverCircuits;
using CircuitPipeline.Study.Report;
using CircuitPipeline.Study.Retrain;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.SelectCircuits;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study;

/// <summary>The study of the paper, stage by stage.</summary>
public static class StudyStages
{
    /// <summary>What depends on what, from the data to the report.</summary>
    public static StageGraph Graph { get; } =
        new([
            new("GenerateData", StageTexts.GenerateData, []),
            new("Pretrain", StageTexts.Pretrain, ["GenerateData"]),
            new("FineTune", StageTexts.FineTune, ["Pretrain"]),
            new("AttributeEdges", StageTexts.AttributeEdges, ["FineTune"]),
            new("SelectCircuits", StageTexts.SelectCircuits, ["AttributeEdges"]),
            new("DiscoverCircuits", StageTexts.DiscoverCircuits, ["SelectCircuits"]) { IsGroup = true },
            new("EvaluateCircuits", StageTexts.EvaluateCircuits, ["SelectCircuits"]),
            new("DiffCircuits", StageTexts.DiffCircuits, ["SelectCircuits"]),
            new("PlanRanks", StageTexts.PlanRanks, ["DiffCircuits"]),
            new("Retrain", StageTexts.Retrain, ["PlanRanks"]),
            new("RediscoverCircuits", StageTexts.RediscoverCircuits, ["Retrain"]),
            new("EvaluateRobustness", StageTexts.EvaluateRobustness, ["FineTune"]),
            new("Report", StageTexts.Report, ["EvaluateCircuits", "RediscoverCircuits", "EvaluateRobustness"]),
        ]);

    /// <summary>The stages of an experiment that trains its model and draws all its pairs, and TorchSharp.</summary>
    /// <exception cref="ArgumentException">It reads a model or pairs from files, which <see cref="StudySession"/> does.</exception>
    public static StageCatalog Of(ExperimentSpec spec) =>
        !ReportInputs.HasImports(spec) && spec.FromScratch is not null
            ? Of(spec, StudyInputs.None)
            : throw new ArgumentException(
                $"The experiment reads files; open it by '{nameof(StudySession)}'.",
                nameof(spec)
            );

    /// <summary>The stages of an experiment whose files were read, and TorchSharp.</summary>
    internal static StageCatalog Of(ExperimentSpec spec, StudyInputs inputs) =>
        new(
            Graph,
            [
                spec.FromScratch is { } drawn
                    ? new GenerateDataStage(spec.Seed, drawn, spec.Tasks, inputs.Sets)
                    : new ImportDataStage(spec, inputs.Sets),
                spec.FromScratch is { } own
                    ? new PretrainStage(spec.Seed, spec.Seeds, own, StudyTask.Of(spec))
                    : new ImportModelStage(inputs.Model!, StudyTask.Of(spec)),
                new FineTuneStage(spec, inputs.Model),
                new AttributeEdgesStage(spec, inputs.Sets),
                new SelectCircuitsStage(spec),
                new EvaluateCircuitsStage(spec),
                new DiffCircuitsStage(spec),
                new PlanRanksStage(spec),
                new RetrainStage(spec, inputs.Model),
                new RediscoverCircuitsStage(spec, inputs.Sets),
                new EvaluateRobustnessStage(spec, inputs.Sets),
                new ReportStage(spec),
            ],
            new TorchEngine()
        );
}

/// <summary>What each stage does, in a sentence: for the build's tasks and for the help.</summary>
public static class StageTexts
{
    /// <summary>Of the stage GenerateData.</summary>
    public const string GenerateData =
        "Makes the corpora, the prompt pairs and the vocabulary, or takes the pairs of files.";

    /// <summary>Of the stage Pretrain.</summary>
    public const string Pretrain = "Trains the base model from scratch, or takes a checkpoint.";

    /// <summary>Of the stage FineTune.</summary>
    public const string FineTune = "Fine-tunes the base model on the target task and keeps checkpoints.";

    /// <summary>Of the stage AttributeEdges.</summary>
    public const string AttributeEdges = "Scores the edges of the base model and of every checkpoint.";

    /// <summary>Of the stage SelectCircuits.</summary>
    public const string SelectCircuits = "Selects circuits of every size from the scores.";

    /// <summary>Of the stage DiscoverCircuits.</summary>
    public const string DiscoverCircuits = "Scores edges and selects circuits: AttributeEdges and SelectCircuits.";

    /// <summary>Of the stage EvaluateCircuits.</summary>
    public const string EvaluateCircuits = "Measures how faithful the circuits are.";

    /// <summary>Of the stage DiffCircuits.</summary>
    public const string DiffCircuits = "Compares the circuits before and after fine-tuning.";

    /// <summary>Of the stage PlanRanks.</summary>
    public const string PlanRanks = "Turns the circuit diff into adapter ranks.";

    /// <summary>Of the stage Retrain.</summary>
    public const string Retrain = "Fine-tunes again with the planned ranks.";

    /// <summary>Of the stage RediscoverCircuits.</summary>
    public const string RediscoverCircuits =
        "Finds and compares the circuits of the retrained models that the experiment names.";

    /// <summary>Of the stage EvaluateRobustness.</summary>
    public const string EvaluateRobustness =
        "Measures how much circuits depend on their prompt pairs, where the experiment asks for it.";

    /// <summary>Of the stage Report.</summary>
    public const string Report = "Writes the page and the tables.";
}
