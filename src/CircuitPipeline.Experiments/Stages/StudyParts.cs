using System.Collections.Immutable;

namespace CircuitPipeline.Experiments;

/// <summary>What a session is made of: the graph, the stages that this version implements, and the engine.</summary>
/// <param name="Graph">All stages of the study, implemented or not.</param>
/// <param name="Stages">The stages with a body.</param>
/// <param name="Engine">The tensor engine; may be missing where no item uses one.</param>
public sealed record StudyParts(StageGraph Graph, ImmutableArray<IStage> Stages, IEngine? Engine)
{
    /// <summary>The parts of this version.</summary>
    public static StudyParts Default =>
        new(
            StageGraph.Default,
            [
                new GenerateDataStage(),
                new PretrainStage(),
                new FineTuneStage(),
                new DiscoverCircuitsStage(),
                new EvaluateCircuitsStage(),
                new DiffCircuitsStage(),
                new PlanRanksStage(),
                new RetrainStage(),
                new ReportStage(),
            ],
            new TorchEngine()
        );
}
