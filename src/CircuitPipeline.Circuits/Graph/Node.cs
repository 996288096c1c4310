namespace CircuitPipeline.Circuits;

/// <summary>A component of a transformer that writes to or reads from the residual stream.</summary>
public abstract record Node
{
    private protected Node() { }

    /// <summary>The field's name: <c>input</c>, <c>a0.h1</c>, <c>m2</c>, <c>logits</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Reads a node's name.</summary>
    /// <param name="name">A name as <see cref="Name"/> gives it.</param>
    /// <returns>The node.</returns>
    /// <exception cref="FormatException">The text is no node's name.</exception>
    public static Node Parse(string name) =>
        TryParse(name, out var node)
            ? node
            : throw new FormatException(NodeNames.Refusal(name, "node", NodeNames.Nodes));

    /// <summary>Reads a node's name, if it is one.</summary>
    /// <param name="name">A text.</param>
    /// <param name="node">The node.</param>
    /// <returns>Whether the text is a node's name.</returns>
    public static bool TryParse(
        ReadOnlySpan<char> name,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Node? node
    )
    {
        node = NodeNames.Read(name);
        return node is not null;
    }

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}
