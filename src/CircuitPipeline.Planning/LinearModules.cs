using System.Collections.Immutable;
using System.Diagnostics;
using CircuitPipeline.Circuits.Config;

namespace CircuitPipeline.Planning;

/// <summary>Names and sizes of a block's linear maps.</summary>
public static class LinearModules
{
    /// <summary>All four, in the order of a block.</summary>
    public static ImmutableArray<LinearModule> All { get; } = [.. Enum.GetValues<LinearModule>()];

    /// <summary>Trainable parameters that one rank adds in every map of one block: the sum of input and output features.</summary>
    /// <param name="config">The transformer's shape.</param>
    /// <returns>The number per rank and layer.</returns>
    public static long ParametersPerRank(TransformerConfig config) =>
        All.Sum(module => (long)module.InFeatures(config) + module.OutFeatures(config));

    extension(LinearModule module)
    {
        /// <summary>The name in a checkpoint: <c>query_key_value</c>, <c>dense</c>, …</summary>
        public string Name =>
            module switch
            {
                LinearModule.QueryKeyValue => "query_key_value",
                LinearModule.Dense => "dense",
                LinearModule.DenseHTo4H => "dense_h_to_4h",
                LinearModule.Dense4HToH => "dense_4h_to_h",
                _ => throw new UnreachableException(),
            };

        /// <summary>Numbers that the map reads.</summary>
        /// <param name="config">The transformer's shape.</param>
        /// <returns>Input features.</returns>
        public int InFeatures(TransformerConfig config) =>
            module == LinearModule.Dense4HToH ? config.DMlp : config.DModel;

        /// <summary>Numbers that the map writes.</summary>
        /// <param name="config">The transformer's shape.</param>
        /// <returns>Output features.</returns>
        public int OutFeatures(TransformerConfig config) =>
            module switch
            {
                LinearModule.QueryKeyValue => 3 * config.DModel,
                LinearModule.DenseHTo4H => config.DMlp,
                _ => config.DModel,
            };
    }
}

/// <summary>The four linear maps of a block, named as GPT-NeoX names them.</summary>
public enum LinearModule
{
    /// <summary>Residual to queries, keys and values, <c>query_key_value</c>.</summary>
    QueryKeyValue,

    /// <summary>Heads to residual, <c>dense</c>.</summary>
    Dense,

    /// <summary>Residual to the MLP's hidden layer, <c>dense_h_to_4h</c>.</summary>
    DenseHTo4H,

    /// <summary>The MLP's hidden layer to residual, <c>dense_4h_to_h</c>.</summary>
    Dense4HToH,
}
