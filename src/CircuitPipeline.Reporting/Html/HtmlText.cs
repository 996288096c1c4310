using System.Text;

namespace CircuitPipeline.Reporting.Html;

/// <summary>Writes text so that a browser reads it as text.</summary>
internal static class HtmlText
{
    /// <summary>A text between tags or in a quoted attribute.</summary>
    public static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (char c in text)
        {
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                // No browser reads these back: they are shown as what they are, characters that cannot be shown.
                < ' ' and not '\n' and not '\t' => escaped.Append('\uFFFD'),
                _ => escaped.Append(c),
            };
        }
        return escaped.ToString();
    }

    /// <summary>A script between its tags: the end tag and the comment that hides it are broken up, inside strings only.</summary>
    public static string Script(string script) =>
        script
            .Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)
            .Replace("<!--", "\\x3c!--", StringComparison.Ordinal);
}
