using CircuitPipeline.Models;

namespace CircuitPipeline.Training.Methods;

/// <summary>Names of adapted maps as PEFT compares them with the ends of paths.</summary>
internal static class AdapterTargets
{
    /// <summary>The shortest names that mean these maps and no others.</summary>
    internal static IEnumerable<string> Of(Transformer model, IReadOnlyList<ModelLinear> linears) =>
        linears.Count == model.LinearModules.Count()
            ? model.Config.LinearMaps.Select(map => map.Name).Distinct()
            : linears.Select(linear => linear.Path);
}
