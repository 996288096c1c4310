using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Hub;
using CircuitPipeline.Hub.Cache;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Locks;
using CircuitPipeline.Study.Imports;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Training.Adapters;

namespace CircuitPipeline.Tool.Inspection;

/// <summary>Looks into an experiment or a lock.</summary>
internal static class StudyInspection
{
    internal static Finding OfExperiment(string path, HubCache cache)
    {
        ExperimentSpec spec = SpecReader.ReadFile(path, path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        NamedFile[] files = [.. NamedFile.Of(spec, folder)];
        List<string> refused = [];
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
                    : OfCheckpoint((ModelCheckpointSpec)spec.Model, folder, cache, refused),
                .. files.Select(file => new Fact(file.Key, $"{file}")),
            ],
            [
                .. refused,
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

    // Looked at as opening the study would, but for the digests, which may take minutes.
    private static Fact[] OfCheckpoint(ModelCheckpointSpec model, string folder, HubCache cache, List<string> refused)
    {
        bool isThere = Finding.Try(refused, () => Look(model.Checkpoint, null)).Any();
        if (model.Adapter is not { } adapter)
        {
            return [Named("checkpoint", model.Checkpoint, isThere)];
        }

        bool hasAdapter = isThere && Finding.Try(refused, () => Look(model.Checkpoint, adapter)).Any();
        return [Named("checkpoint", model.Checkpoint, isThere), Named("adapter", adapter, hasAdapter)];

        IEnumerable<Fact> Look(string checkpoint, string? over)
        {
            ModelPlace place = ModelPlace.Find(checkpoint, over, cache, folder);
            place.MustHaveWeights();
            TransformerConfig shape = HuggingFaceConfig.Read(place.Folder, [.. model.IgnoreKeys ?? []]);
            CheckpointContents.Of(place.Folder);
            if (place.Adapter is { } found)
            {
                PeftFolder.Open(found.Folder).ModulesOf(shape);
            }

            yield return new Fact(checkpoint, place.Folder);
        }
    }

    private static Fact Named(string key, string name, bool isThere) =>
        new(key, $"'{MessageText.OneLine(name)}', {(isThere ? "there" : "not usable")}");
}
