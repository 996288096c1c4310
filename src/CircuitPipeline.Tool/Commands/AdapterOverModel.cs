using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Hub;
using CircuitPipeline.Tool.CommandLine;
using CircuitPipeline.Training.Adapters;

namespace CircuitPipeline.Tool.Commands;

/// <summary>Opens the adapter that a command line names, before its base model is loaded.</summary>
internal static class AdapterOverModel
{
    /// <summary>Opens it and holds it against its base model, by names and shapes; null without one.</summary>
    /// <param name="place">The base model, and the adapter over it.</param>
    /// <param name="shape">The base model's shape.</param>
    /// <param name="context">Where it warns of an adapter that was made for another model, or changes nothing.</param>
    /// <exception cref="InvalidDataException">The adapter cannot be read, or is not one of this model.</exception>
    internal static PeftFolder? Open(ModelPlace place, TransformerConfig shape, CommandContext context)
    {
        if (place.Adapter is not { } adapter)
        {
            return null;
        }

        if (adapter.Mismatch(place) is { } mismatch)
        {
            context.Environment.Error.WriteLine($"Warning: {mismatch}");
        }

        PeftFolder opened = PeftFolder.Open(adapter.Folder);
        opened.ModulesOf(shape);
        if (opened.UpdateWarning() is { } warning)
        {
            context.Environment.Error.WriteLine($"Warning: {warning}");
        }

        return opened;
    }
}
