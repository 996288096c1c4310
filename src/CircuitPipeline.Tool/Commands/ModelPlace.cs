using CircuitPipeline.Hub;
using CircuitPipeline.Hub.Cache;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary>Where a model is that a command line names: a folder, or a snapshot in the Hub's cache.</summary>
/// <param name="Folder">The folder, which need not exist where no id is meant.</param>
/// <param name="Hub">The snapshot: its id and commit; null for a folder.</param>
internal sealed record ModelPlace(string Folder, HubSnapshot? Hub)
{
    /// <summary>What help says of the value.</summary>
    internal const string Forms = "DIR|ID";

    /// <summary>Finds it: what is a folder or a file is taken as one, and an id of the Hub otherwise.</summary>
    /// <param name="text">The folder, or the id with <c>@revision</c>.</param>
    /// <param name="context">Its environment says where the cache is.</param>
    /// <exception cref="InvalidDataException">It could be an id, but neither a folder nor the cache has it; the message says which command brings it.</exception>
    internal static ModelPlace Of(string text, CommandContext context)
    {
        ModelPlace place = Find(text, context);
        place.Hub?.MustHave(Checkpoint.ConfigFile);
        return place;
    }

    /// <summary>The same for what need not be a model that can be run.</summary>
    /// <param name="text">The folder, or the id with <c>@revision</c>.</param>
    /// <param name="context">Its environment says where the cache is.</param>
    /// <exception cref="InvalidDataException">It could be an id, but neither a folder nor the cache has it; the message says which command brings it.</exception>
    internal static ModelPlace Find(string text, CommandContext context)
    {
        bool isFolder = Path.Exists(text) || (HubModelId.TryParse(text) is null && !HubModelId.IsAddress(text));
        if (isFolder)
        {
            return new ModelPlace(text, null);
        }

        HubModelId id = HubModelId.Parse(text);

        HubCache cache = new(new HubEnvironment(context.Environment.Variable).CacheFolder);
        HubSnapshot snapshot = cache.Get(id);
        return new ModelPlace(snapshot.Folder, snapshot);
    }

    /// <summary>Refuses a snapshot without weights; what a folder lacks, its reader says.</summary>
    internal void MustHaveWeights() => Hub?.MustHaveWeights();
}
