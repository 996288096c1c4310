using System.CommandLine;
using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Hub;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Engine;
using CircuitPipeline.Tensors.Reproducibility;
using CircuitPipeline.Text.Tokenizers;
using CircuitPipeline.Tool.CommandLine;
using CircuitPipeline.Training.Adapters;
using TorchSharp;

namespace CircuitPipeline.Tool.Commands;

/// <summary><c>merge</c>: a model with an adapter in its weights, as a checkpoint in its family's own layout.</summary>
internal sealed class MergeCommand : ToolCommand
{
    private static readonly Option<string> Model = OptionFactory.Required(
        "--model",
        ModelPlace.Forms,
        "The model's folder, or its id in the Hub's cache; or an adapter's, which stands for both."
    );

    private static readonly Option<string> Out = OptionFactory.Required(
        "--out",
        "DIR",
        "The folder that is made: 'config.json', 'model.safetensors' and the tokenizer's files."
    );

    internal MergeCommand()
        : base(
            "merge",
            "Writes a model with an adapter merged into its weights, in the layout and element type of the model's own files.",
            [Model, ModelRunOptions.AdapterOption, .. IgnoredParts.All, Out]
        ) { }

    internal override CommandResult Run(ParsedOptions options, CommandContext context)
    {
        ModelPlace place = context.Model(options.Text(Model), options.TextOrNull(ModelRunOptions.AdapterOption));
        place.MustHaveWeights();
        if (place.Adapter is null)
        {
            throw new InvalidExperimentException(
                $"'{ModelRunOptions.AdapterOption.Name}' is not given, and '{MessageText.OneLine(place.Folder)}' is no adapter, so that there is nothing to merge; name the adapter's folder."
            );
        }

        OutputFolder output = OutputFolder.At(options.Text(Out), Out.Name, [.. place.Folders]);
        IgnoredParts ignored = IgnoredParts.Read(options);
        TransformerConfig shape = ignored.Config(Path.Combine(place.Folder, Checkpoint.ConfigFile));
        PeftFolder adapter = AdapterOverModel.Open(place, shape, context)!;
        Numerics numerics = ProcessNumerics.Current ?? Numerics.Fast;
        new TorchEngine().Prepare(
            new EngineSettings(Devices.Cpu, context.Environment.Processors, EnumNames.Of(numerics))
        );
        torch.ScalarType dtype = StoredType(CheckpointContents.Of(place.Folder));
        IgnoredNames? passedOver = ignored.Of(place.Folder);
        using Transformer model = Checkpoint.Load(place.Folder, dtype, torch.CPU, ignored.Checkpoint);
        adapter.MergeInto(model);
        output.Write(folder =>
        {
            string config = Path.Combine(folder, Checkpoint.ConfigFile);
            Checkpoint.Save(model, Path.Combine(folder, Checkpoint.WeightsFile), config);
            // The family's own file says more than the shape: tokens, defaults of generation, the classes of other tools.
            foreach (
                string file in TokenizerFolder
                    .Files.Append(Checkpoint.ConfigFile)
                    .Append("generation_config.json")
                    .Where(file => File.Exists(Path.Combine(place.Folder, file)))
            )
            {
                File.Copy(Path.Combine(place.Folder, file), Path.Combine(folder, file), overwrite: true);
            }
        });
        return new CommandResult(
            new
            {
                Out = output.Path,
                Model = place.Hub?.Id.ToString() ?? place.Folder,
                place.Hub?.Commit,
                Adapter = place.Adapter.Folder,
                Method = adapter.Config.MethodName,
                Dtype = dtype.ToString().ToLowerInvariant(),
                model.ParameterCount,
            },
            [$"{adapter.Config.MethodName} merged into {model.ParameterCount:N0} parameters: '{output.Path}'."]
        )
        {
            Ignored = passedOver,
        };
    }

    // Of several, one that holds the values of all.
    private static torch.ScalarType StoredType(CheckpointContents contents) =>
        contents.Dtypes.Contains("F64") ? torch.float64
        : contents.Dtypes is ["BF16"] ? torch.bfloat16
        : contents.Dtypes is ["F16"] ? torch.float16
        : torch.float32;
}
