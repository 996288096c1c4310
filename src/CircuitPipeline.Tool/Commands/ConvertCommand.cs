using System.CommandLine;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Hub;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Tensors.Loading;
using CircuitPipeline.Tool.CommandLine;
using CircuitPipeline.Training.Adapters;

namespace CircuitPipeline.Tool.Commands;

/// <summary><c>convert</c>: an adapter of CircuitLoRA's authors as one that PEFT loads.</summary>
internal sealed class ConvertCommand : ToolCommand
{
    private static readonly Argument<string> Adapter = OptionFactory.File(
        "ADAPTER",
        "The folder that the code of 'Towards Understanding Fine-Tuning Mechanisms of LLMs via Circuit Analysis' wrote."
    );

    private static readonly Option<string> Model = OptionFactory.Required(
        "--model",
        ModelPlace.Forms,
        "The base model's folder, or its id in the Hub's cache."
    );

    private static readonly Option<string> Out = OptionFactory.Required("--out", "DIR", "The adapter's new folder.");

    internal ConvertCommand()
        : base(
            "convert",
            "Writes an adapter of CircuitLoRA's authors ('lora_A_extra', 'critical_layers') in PEFT's form, with the same numbers.",
            [Adapter, Model, IgnoredParts.KeyOption, Out]
        ) { }

    internal override CommandResult Run(ParsedOptions options, CommandContext context)
    {
        string source = options.Text(Adapter);
        ModelPlace place = context.Model(options.Text(Model));
        if (place.Adapter is { } over)
        {
            throw new InvalidExperimentException(
                $"'{Model.Name}' is {MessageText.Quoted(over.Folder)}, which is an adapter itself, but an adapter has one base model; name that, or merge the two first."
            );
        }

        OutputFolder output = OutputFolder.At(options.Text(Out), Out.Name, place.Folder, source);
        IgnoredParts ignored = IgnoredParts.Read(options);
        TransformerConfig shape = ignored.Config(Path.Combine(place.Folder, Checkpoint.ConfigFile));
        LibTorchLoader.Load();
        PeftFolder adapter = PeftFolder.Open(source);
        output.Write(folder =>
            CircuitLoraFolder.Convert(
                adapter,
                shape,
                place.Hub?.Id.Name ?? Path.GetFullPath(place.Folder),
                place.Hub?.Commit,
                folder
            )
        );
        return new CommandResult(
            new { Out = output.Path, Parameters = adapter.ParameterCount },
            [$"{adapter.ParameterCount:N0} numbers of '{MessageText.OneLine(source)}' in PEFT's form: '{output.Path}'."]
        )
        {
            Ignored = ignored.OfConfig(),
        };
    }
}
