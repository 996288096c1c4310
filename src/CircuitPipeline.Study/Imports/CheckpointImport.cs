using System.Collections.Immutable;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Hub;
using CircuitPipeline.Hub.Cache;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Store;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Text.Tokenizers;

namespace CircuitPipeline.Study.Imports;

/// <summary>Looks at the checkpoint that an experiment starts from, before anything runs: where it lies, its shape, the digests of its files.</summary>
internal static class CheckpointImport
{
    private static readonly string[] AdapterFiles = ["adapter_config.json", "adapter_model.safetensors"];

    /// <summary>Finds it; null where the experiment trains a model of its own.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="folder">The folder that its paths are relative to.</param>
    /// <param name="cache">The Hub's cache.</param>
    /// <exception cref="InvalidExperimentException">It cannot be used; the message has the place.</exception>
    internal static ImportedModel? Of(LocatedSpec experiment, string folder, HubCache cache)
    {
        if (experiment.Spec.Model is not ModelCheckpointSpec spec)
        {
            return null;
        }

        try
        {
            return Find(spec, folder, cache);
        }
        catch (InvalidDataException cause)
        {
            SpecProblems problems = new(experiment.ShownAs);
            problems.Add(
                experiment.Root.At(["model", "checkpoint"]),
                Diagnostics.UnusableFile,
                $"'model.checkpoint' cannot be used: {cause.Message}"
            );
            problems.ThrowIfAny();
            throw;
        }
    }

    private static ImportedModel Find(ModelCheckpointSpec spec, string folder, HubCache cache)
    {
        ModelPlace place = ModelPlace.Find(spec.Checkpoint, spec.Adapter, cache, folder);
        place.MustHaveWeights();
        CheckpointContents contents = CheckpointContents.Of(place.Folder);
        ImmutableArray<string> texts =
        [
            .. TokenizerFolder.Files.Where(file => File.Exists(Path.Combine(place.Folder, file))),
        ];
        BaseModelOrigin origin = new(
            place.Hub?.Id.Name,
            place.Hub?.Commit,
            DigestsOf(place.Folder, [Checkpoint.ConfigFile, .. contents.Files, .. texts]),
            place.Adapter is { } adapter
                ? new BaseAdapterOrigin(
                    adapter.Hub?.Id.Name,
                    adapter.Hub?.Commit,
                    DigestsOf(adapter.Folder, AdapterFiles)
                )
                : null,
            spec.IgnoreKeys,
            spec.IgnoreTensors
        );
        TransformerConfig shape = HuggingFaceConfig.Read(
            Path.Combine(place.Folder, Checkpoint.ConfigFile),
            [.. spec.IgnoreKeys ?? []]
        );
        if (GraphRules.WithoutEdges(shape) is { } problem)
        {
            throw new InvalidDataException($"{place.Folder}: {problem}");
        }

        return new ImportedModel(origin)
        {
            Folder = place.Folder,
            AdapterFolder = place.Adapter?.Folder,
            Shape = shape,
            TextFiles = texts,
        };
    }

    private static ModelFile[] DigestsOf(string folder, IEnumerable<string> files) =>
        [.. files.Select(file => new ModelFile(file, DigestOf(Path.Combine(folder, file))))];

    // The Hub's cache names a large file by its digest, which was checked when it came; what is small has another name there, and is hashed in no time.
    private static string DigestOf(string path) =>
        new FileInfo(path).LinkTarget is { } blob && Digest.TryParse(Path.GetFileName(blob), out Digest named)
            ? named.ToString()
            : Digest.OfFile(path).ToString();
}
