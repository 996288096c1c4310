using CircuitPipeline.Hub;
using CircuitPipeline.Models;
using CircuitPipeline.Tool.CommandLine;
using CircuitPipeline.Training.Adapters;

namespace CircuitPipeline.Tool.Commands;

/// <summary>Puts the adapter that a command line names into the weights of a loaded model.</summary>
internal static class AdapterMerge
{
    /// <summary>Merges it; does nothing without one.</summary>
    /// <param name="model">The model, whose weights are changed.</param>
    /// <param name="adapter">The adapter; null for none.</param>
    /// <param name="place">Where the model is from, with which the adapter's own word of it is compared.</param>
    /// <param name="context">Where it warns.</param>
    /// <exception cref="InvalidDataException">The adapter cannot be read, or is not one of this model.</exception>
    internal static void Into(Transformer model, AdapterPlace? adapter, ModelPlace place, CommandContext context)
    {
        if (adapter is null)
        {
            return;
        }

        if (adapter.Mismatch(place) is { } mismatch)
        {
            context.Environment.Error.WriteLine($"Warning: {mismatch}");
        }

        PeftFolder.Open(adapter.Folder).MergeInto(model);
    }
}
