using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Planning;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Training;
using CircuitPipeline.Training.Adapters;
using CircuitPipeline.Training.Methods;

namespace CircuitPipeline.Study.Runs;

/// <summary>Writes what was trained over a base model, so that others find that model.</summary>
/// <param name="context">Whose outputs they are.</param>
/// <param name="item">The base model's item.</param>
/// <param name="model">The base model.</param>
internal sealed class FineTunedFiles(WorkItemContext context, string item, Transformer model)
{
    // Text files are whatever else is there of the base model.
    private IEnumerable<ItemInput> TextFiles =>
        context.Inputs.Keys.Where(input =>
            input.Stage == PretrainFiles.StageName
            && input.File is not (Checkpoint.ConfigFile or Checkpoint.WeightsFile or PretrainFiles.OriginName)
        );

    /// <summary>Writes the base model's vocabulary, or its tokenizer, beside the weights.</summary>
    internal void CopyTexts()
    {
        foreach (ItemInput input in TextFiles)
        {
            File.Copy(context.Inputs[input], context.OutputFile(input.File), overwrite: true);
        }
    }

    /// <summary>Writes an adapter as the folder that PEFT loads over the base model.</summary>
    /// <param name="adapter">Its weights.</param>
    /// <param name="plan">Its ranks.</param>
    /// <param name="folder">A folder among the item's outputs; empty for the item's own.</param>
    internal void Save(LoraAdapter adapter, RankPlan plan, string folder)
    {
        (string name, string? revision) = Named();
        string prefix = folder.Length == 0 ? "" : $"{folder}/";
        adapter.Save(context.OutputFile(prefix + PeftFolder.WeightsFile));
        File.WriteAllBytes(
            context.OutputFile(prefix + PeftConfig.FileName),
            PeftConfig.Write(plan, model.Config, name, revision)
        );
    }

    /// <summary>Writes what a method trained: the folder that PEFT loads over the base model, or a model.</summary>
    internal void Save(TrainedAdapter adapter)
    {
        (string name, string? revision) = Named();
        adapter.Save(Path.GetDirectoryName(context.OutputFile(PeftFolder.WeightsFile))!, name, revision);
    }

    // PEFT finds a model of the Hub by its id; another one lies among the artifacts.
    private (string Name, string? Revision) Named() =>
        context.Inputs.TryGetValue(
            new ItemInput(PretrainFiles.StageName, item, PretrainFiles.OriginName),
            out string? path
        ) && StageJson.Read<BaseModelOrigin>(path) is { Hub: { } id, Adapter: null } origin
            ? (id, origin.Revision)
            : ($"{PretrainFiles.StageName}/{item}", null);
}
