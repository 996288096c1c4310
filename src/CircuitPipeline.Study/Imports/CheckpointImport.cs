using System.Collections.Immutable;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Adapters;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Hub;
using CircuitPipeline.Hub.Cache;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Store;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Text.Tokenizers;
using CircuitPipeline.Training.Adapters;

namespace CircuitPipeline.Study.Imports;

/// <summary>Looks at the checkpoint that an experiment starts from, before anything runs: where it lies, its shape, the digests of its files.</summary>
internal static class CheckpointImport
{
    private static readonly string[] AdapterFiles = [PeftAdapterConfig.FileName, PeftFolder.WeightsFile];

    /// <summary>Finds it; null where the experiment trains a model of its own.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="folder">The folder that its paths are relative to.</param>
    /// <param name="cache">The Hub's cache.</param>
    /// <param name="digests">Digests of files.</param>
    /// <param name="output">Takes a warning where the adapter was made for another model, or changes nothing.</param>
    /// <param name="estimate">Says what the study takes, for a checkpoint whose weights are not there yet; null where that is not known.</param>
    /// <exception cref="InvalidExperimentException">It cannot be used; the message has the place.</exception>
    internal static ImportedModel? Of(
        LocatedSpec experiment,
        string folder,
        HubCache cache,
        FileDigests digests,
        TextWriter output,
        Func<TransformerConfig, string?> estimate
    )
    {
        if (experiment.Spec.Model is not ModelCheckpointSpec spec)
        {
            return null;
        }

        string ofAdapter = spec.Adapter is null ? "checkpoint" : "adapter";
        ModelPlace place = At(experiment, "checkpoint", () => ModelPlace.Find(spec.Checkpoint, null, cache, folder));
        if (spec.Adapter is not null)
        {
            place = At(experiment, ofAdapter, () => ModelPlace.Find(spec.Checkpoint, spec.Adapter, cache, folder));
        }

        TransformerConfig shape = At(experiment, "checkpoint", () => ShapeOf(place));
        MustHoldRanks(experiment, shape);
        CheckpointOmissions.MustLeaveOut(experiment, spec, place.Folder);
        if (place.Adapter is { } adapter)
        {
            // From names and shapes alone: what does not fit is told before an hour of work, not after it.
            PeftFolder opened = At(experiment, ofAdapter, () => PeftFolder.Open(adapter.Folder));
            At(experiment, ofAdapter, () => opened.ModulesOf(shape));
            foreach (string warning in new[] { adapter.Mismatch(place), opened.UpdateWarning() }.OfType<string>())
            {
                output.WriteLine($"Warning: {warning}");
            }
        }

        return At(experiment, "checkpoint", () => Import(spec, place, shape, digests));

        TransformerConfig ShapeOf(ModelPlace found)
        {
            TransformerConfig read = HuggingFaceConfig.Read(
                Path.Combine(found.Folder, Checkpoint.ConfigFile),
                [.. spec.IgnoreKeys ?? []]
            );
            MustHaveWeights(found, read, spec.Dtype == ModelCheckpointSpec.BFloat16 ? 2 : 4, estimate);
            return (GraphRules.WithoutEdges(read) ?? AnswerRoom.Problem(read, experiment.Spec.OpenTraps)) is { } problem
                ? throw new InvalidDataException($"{found.Folder}: {problem}")
                : read;
        }
    }

    private static void MustHoldRanks(LocatedSpec experiment, TransformerConfig shape)
    {
        SpecProblems problems = new(experiment.ShownAs);
        foreach (SpecProblem problem in PlannedRanks.Problems(experiment.Spec.Plan, experiment.Spec.FineTune, shape))
        {
            problems.Add(experiment.Root.At(problem.Key), Diagnostics.OutOfRange, $"'{problem.Key}' {problem.Message}");
        }

        problems.ThrowIfAny();
    }

    // What is not there yet, with its size: before gigabytes are brought.
    private static void MustHaveWeights(
        ModelPlace found,
        TransformerConfig shape,
        int copied,
        Func<TransformerConfig, string?> estimate
    )
    {
        try
        {
            found.MustHaveWeights();
        }
        catch (InvalidDataException missing)
        {
            string whole = estimate(shape) is { } clause ? $"; {clause}" : "";
            throw new InvalidDataException(
                $"{missing.Message} By its configuration it has {shape.ParameterCount:N0} parameters: {Amounts.Bytes(2 * shape.ParameterCount)} to bring in 16 bits or {Amounts.Bytes(4 * shape.ParameterCount)} in float32, and {Amounts.Bytes(copied * shape.ParameterCount)} for the study's copy{whole}."
            );
        }
    }

    private static T At<T>(LocatedSpec experiment, string key, Func<T> find)
    {
        try
        {
            return find();
        }
        catch (InvalidDataException cause)
        {
            SpecProblems problems = new(experiment.ShownAs);
            problems.Add(
                experiment.Root.At($"model.{key}"),
                Diagnostics.UnusableFile,
                $"'model.{key}' cannot be used: {cause.Message}"
            );
            problems.ThrowIfAny();
            throw;
        }
    }

    private static ImportedModel Import(
        ModelCheckpointSpec spec,
        ModelPlace place,
        TransformerConfig shape,
        FileDigests digests
    )
    {
        ImmutableArray<string> texts =
        [
            .. TokenizerFolder.Files.Where(file => File.Exists(Path.Combine(place.Folder, file))),
        ];
        BaseModelOrigin origin = new(
            place.Hub?.Id.Name,
            place.Hub?.Commit,
            DigestsOf(
                place.Folder,
                place.Hub,
                [Checkpoint.ConfigFile, .. CheckpointContents.Of(place.Folder).Files, .. texts],
                digests
            ),
            place.Adapter is { } adapter
                ? new BaseAdapterOrigin(
                    adapter.Hub?.Id.Name,
                    adapter.Hub?.Commit,
                    DigestsOf(adapter.Folder, adapter.Hub, AdapterFiles, digests)
                )
                : null,
            spec.IgnoreKeys,
            spec.IgnoreTensors
        )
        {
            Dtype = spec.Dtype == ModelCheckpointSpec.Float32 ? null : spec.Dtype,
        };
        return new ImportedModel(origin)
        {
            Folder = place.Folder,
            AdapterFolder = place.Adapter?.Folder,
            Shape = shape,
            TextFiles = texts,
        };
    }

    // The Hub's cache names a large file by its digest, which was checked when it came; what is small has another name there, and is hashed in no time.
    private static ModelFile[] DigestsOf(
        string folder,
        HubSnapshot? snapshot,
        IEnumerable<string> files,
        FileDigests digests
    ) =>
        [
            .. files.Select(file => new ModelFile(
                file,
                snapshot?.Sha256Of(file) ?? digests.Of(Path.Combine(folder, file)).ToString()
            )),
        ];
}
