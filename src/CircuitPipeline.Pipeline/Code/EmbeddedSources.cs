using System.Reflection;

namespace CircuitPipeline.Pipeline.Code;

/// <summary>The sources that a build embeds in each project of ours.</summary>
internal static class EmbeddedSources
{
    private const string Prefix = "source/";

    /// <summary>The files, relative to their project.</summary>
    /// <exception cref="ArgumentException">The project embeds none.</exception>
    internal static string[] NamesIn(Assembly project) =>
        project
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..].Replace('\\', '/'))
            .ToArray()
            is { Length: > 0 } names
            ? [.. names.Order(StringComparer.Ordinal)]
            : throw new ArgumentException(
                $"'{project.GetName().Name}' embeds no sources, so its code cannot be part of a key."
            );

    /// <summary>The normal form of a file.</summary>
    /// <exception cref="ArgumentException">The project embeds no such file.</exception>
    internal static string Normal(Assembly project, string file)
    {
        using Stream source =
            project.GetManifestResourceStream(Prefix + file)
            ?? throw new ArgumentException(
                $"'{project.GetName().Name}' embeds no '{file}', so its code cannot be part of a key."
            );
        using StreamReader reader = new(source);
        return SourceNormaliser.Normalise(reader.ReadToEnd());
    }
}
