using System.Globalization;

namespace CircuitPipeline.Circuits;

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
        var dot = name.IndexOf(".h");
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
        && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
