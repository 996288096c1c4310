namespace CircuitPipeline.Planning;

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
