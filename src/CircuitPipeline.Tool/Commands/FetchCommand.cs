using System.CommandLine;
using System.Globalization;
using CircuitPipeline.Hub;
using CircuitPipeline.Hub.Download;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary><c>fetch</c>: brings a model from the Hub into its cache on this machine.</summary>
internal sealed class FetchCommand : ToolCommand
{
    private const double Mega = 1e6;

    private static readonly Argument<string> Id = new("ID")
    {
        Description = "The model's id on the Hub, 'ORG/NAME' or 'ORG/NAME@REVISION'.",
    };

    private static readonly Option<string[]> Include = OptionFactory.Repeated(
        "--include",
        "PATTERN",
        "Instead of what is needed, files whose paths match, as '*.json'; may be repeated. Pickles are never brought."
    );

    private static readonly Option<bool> OnlyConfig = OptionFactory.Flag(
        "--only-config",
        "Configuration and tokenizer without weights."
    );

    private static readonly Option<bool> Verify = OptionFactory.Flag(
        "--verify",
        "Reads files that are there already and compares their digests with the Hub's; without it their sizes are compared."
    );

    internal FetchCommand()
        : base(
            "fetch",
            "Brings a model from the Hugging Face Hub into its cache on this machine, or what is missing of it.",
            Id,
            Include,
            OnlyConfig,
            Verify
        ) { }

    internal override CommandResult Run(ParsedOptions options, CommandContext context)
    {
        HubModelId id = HubModelId.Parse(options.Text(Id));
        string[] patterns = options.Texts(Include);
        options.Refuse(OnlyConfig, patterns.Length > 0, "'--include' says which files are wanted");
        FetchSelection selection = new()
        {
            Weights = !options.Flag(OnlyConfig),
            Patterns = [.. patterns],
            Verifies = options.Flag(Verify),
        };
        FetchedModel model = Download(new HubEnvironment(context.Environment.Variable), context)
            .Fetch(
                id,
                selection,
                context.Progress<FetchProgress>(Name),
                line => context.Environment.Error.WriteLine($"{Name}: {line}"),
                context.Cancellation
            )
            .GetAwaiter()
            .GetResult();
        long brought = model.Files.Sum(file => file.Brought);
        return new CommandResult(
            new
            {
                Id = id.Name,
                id.Revision,
                model.Snapshot.Commit,
                model.Snapshot.Folder,
                model.Files,
                model.LeftOut,
                model.Base,
            },
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Plural.Of(model.Files.Length, "file")} of '{id}' at commit {model.Snapshot.Commit}, {model.Files.Sum(file => file.Bytes) / Mega:N1} MB, of which {brought / Mega:N1} MB came now{(selection.Verifies ? ", all with the Hub's digests" : "")}: '{model.Snapshot.Folder}'."
                ),
            ]
        )
        {
            Warnings = [.. Warnings(model)],
        };
    }

    private static HubDownload Download(HubEnvironment environment, CommandContext context)
    {
        if (environment.IsOffline)
        {
            throw new InvalidExperimentException(
                "HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE forbids to ask the Hub; unset it to bring a model."
            );
        }

        string cache =
            environment.CacheFolder
            ?? throw new InvalidExperimentException(
                "There is no folder for the Hub's cache: neither HF_HUB_CACHE nor HF_HOME nor the user's folder is set; set HF_HUB_CACHE."
            );
        return new HubDownload(cache, environment.Endpoint(), environment.Token(), new HubLimits(), context.Time);
    }

    private static IEnumerable<string> Warnings(FetchedModel model)
    {
        if (model.LeftOut.Length > 0)
        {
            yield return $"{Plural.Of(model.LeftOut.Length, "file")} matched and were left out as pickles, which run code when they are read: '{MessageText.OneLine(model.LeftOut[0])}' is the first.";
        }

        if (model.Base is { } adapted)
        {
            yield return $"this is an adapter, whose base model is '{MessageText.OneLine(adapted)}' and is not brought with it.";
        }
    }
}
