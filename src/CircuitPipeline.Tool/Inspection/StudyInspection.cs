using CircuitPipeline.Pipeline.Locks;
using CircuitPipeline.Study.Imports;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Tool.Inspection;

/// <summary>Looks into an experiment or a lock.</summary>
internal static class StudyInspection
{
    internal static Finding OfExperiment(string path)
    {
        ExperimentSpec spec = SpecReader.ReadFile(path, path);
        NamedFile[] files = [.. NamedFile.Of(spec, Path.GetDirectoryName(Path.GetFullPath(path))!)];
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
                .. files.Select(file => new Fact(file.Key, $"{file}")),
            ],
            [
                .. files
                    .Where(file => !file.IsThere)
                    .Select(file =>
                        $"'{file.Key}' is '{MessageText.OneLine(file.File)}', but there is no such file; paths are relative to the experiment's folder."
                    ),
            ]
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
