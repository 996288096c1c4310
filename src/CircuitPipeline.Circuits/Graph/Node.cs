using System.Globalization;

namespace CircuitPipeline.Circuits.Graph;

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
        TryParse(name, out Node? node)
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

/// <summary>One attention head; reads through its query, key and value maps and writes its result.</summary>
/// <param name="Layer">The block, from 0.</param>
/// <param name="Head">The head within the block, from 0.</param>
public sealed record AttentionHeadNode(int Layer, int Head) : Node
{
    /// <inheritdoc/>
    public override string Name => $"a{Layer}.h{Head}";
}

/// <summary>The token embedding; writes to the residual stream.</summary>
public sealed record InputNode : Node
{
    /// <inheritdoc/>
    public override string Name => "input";
}

/// <summary>The final norm and the unembedding; reads the last residual.</summary>
public sealed record LogitsNode : Node
{
    /// <inheritdoc/>
    public override string Name => "logits";
}

/// <summary>The MLP of one block.</summary>
/// <param name="Layer">The block, from 0.</param>
public sealed record MlpNode(int Layer) : Node
{
    /// <inheritdoc/>
    public override string Name => $"m{Layer}";
}

/// <summary>The grammar of node and edge names; exactly what is printed is read.</summary>
internal static class NodeNames
{
    public const string Nodes = "'input', 'a0.h1', 'm2' or 'logits'";
    public const string Edges = "'input->m0' or 'a0.h1->a1.h0<q>'";

    public static Node? Read(ReadOnlySpan<char> name)
    {
        if (name is "input")
        {
            return new InputNode();
        }
        if (name is "logits")
        {
            return new LogitsNode();
        }
        if (name.StartsWith("m") && Number(name[1..]) is int block)
        {
            return new MlpNode(block);
        }
        int dot = name.IndexOf(".h");
        return dot > 0 && name[0] == 'a' && Number(name[1..dot]) is int layer && Number(name[(dot + 2)..]) is int head
            ? new AttentionHeadNode(layer, head)
            : null;
    }

    public static QkvInput? Input(ReadOnlySpan<char> suffix) =>
        suffix switch
        {
            "<q>" => QkvInput.Query,
            "<k>" => QkvInput.Key,
            "<v>" => QkvInput.Value,
            _ => null,
        };

    public static string Suffix(QkvInput? input) =>
        input switch
        {
            QkvInput.Query => "<q>",
            QkvInput.Key => "<k>",
            QkvInput.Value => "<v>",
            _ => "",
        };

    public static string Refusal(string name, string what, string allowed) =>
        $"'{(name.Length <= 60 ? name : name[..60] + "…")}' is not the name of {(what == "edge" ? "an edge" : "a node")}; "
        + $"names look like {allowed}.";

    // Digits only and no leading zero, so that a name has one spelling.
    private static int? Number(ReadOnlySpan<char> digits) =>
        digits is not ['0', _, ..]
        && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;
}
