using CircuitPipeline.Pipeline.Locks;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Tool.Inspection;

/// <summary>Looks into an experiment or a lock.</summary>
internal static class StudyInspection
{
    internal static Finding OfExperiment(string path)
    {
        ExperimentSpec spec = SpecReader.ReadFile(path, path);
        return new Finding(
            "experiment",
            [
                new Fact("study", spec.Study),
                new Fact("base models", spec.Seeds.Bases),
                new Fact("adapter seeds", spec.Seeds.Adapters),
                .. spec.Model is ModelShapeSpec shape
                    ? (Fact[])
                        [
                            new Fact("layers", shape.NLayers),
                            new Fact("heads", shape.NHeads),
                            new Fact("width", shape.DModel),
                        ]
                    : OfCheckpoint((ModelCheckpointSpec)spec.Model),
            ],
            []
        );
    }

    internal static Finding OfLock(string path)
    {
        StudyLock locked = StudyLock.Read(path);
        return new Finding(
            "lock of a study",
            [
                new Fact("study", locked.Study),
                new Fact("work items", locked.Items.Count),
                new Fact("made by numerics", locked.On.Numerics),
                new Fact("made on", locked.On.Processor),
                new Fact("engine", locked.Engine),
            ],
            []
        );
    }

    private static Fact[] OfCheckpoint(ModelCheckpointSpec model) =>
        [
            new Fact("checkpoint", model.Checkpoint),
            .. model.Adapter is { } adapter ? (Fact[])[new Fact("adapter", adapter)] : [],
        ];
}
