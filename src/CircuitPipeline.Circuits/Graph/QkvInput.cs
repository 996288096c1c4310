namespace CircuitPipeline.Circuits;

/// <summary>Which of an attention head's three inputs an edge ends in.</summary>
public enum QkvInput
{
    /// <summary>The input of the query map, <c>&lt;q&gt;</c>.</summary>
    Query,

    /// <summary>The input of the key map, <c>&lt;k&gt;</c>.</summary>
    Key,

    /// <summary>The input of the value map, <c>&lt;v&gt;</c>.</summary>
    Value,
}
