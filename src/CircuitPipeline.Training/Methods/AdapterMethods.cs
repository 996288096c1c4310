using System.Collections.Immutable;

namespace CircuitPipeline.Training.Methods;

/// <summary>The methods that there are, each with the options that it has by default.</summary>
public static class AdapterMethods
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<IAdapterMethod> All { get; } =
    [new Lora(), new RsLora(), new Dora(), new AdaLora(), new Ia3(), new Pissa(), new FullFineTuning()];

    /// <summary>The method of a name; null where none has it.</summary>
    /// <param name="name">Such as <c>dora</c>.</param>
    public static IAdapterMethod? Named(string name) => All.FirstOrDefault(method => method.Name == name);
}
