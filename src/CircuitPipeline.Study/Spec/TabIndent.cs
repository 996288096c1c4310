namespace CircuitPipeline.Study.Spec;

/// <summary>YAML forbids tabs in indentation, and its parsers say so in words that nobody understands.</summary>
internal static class TabIndent
{
    public static void Refuse(string text)
    {
        int line = 0;
        foreach (ReadOnlySpan<char> content in text.AsSpan().EnumerateLines())
        {
            line++;
            int indent = content.IndexOfAnyExcept(' ', '\t');
            if (indent > 0 && content[indent] != '#' && content[..indent].IndexOf('\t') is var tab and >= 0)
                throw new SpecSyntaxException(
                    new LocatedProblem(
                        line,
                        tab + 1,
                        Diagnostics.NotYaml,
                        "A tab indents this line, but YAML wants spaces."
                    )
                );
        }
    }
}
