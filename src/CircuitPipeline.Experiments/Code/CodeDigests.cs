using System.Collections.Immutable;
using System.Reflection;
using CircuitPipeline.Store;

namespace CircuitPipeline.Experiments;

/// <summary>
/// Digests of the sources that a stage consists of, one for each of its own files and for each room. Sources are
/// embedded at build; binaries are never digested, because they differ where sources do not.
/// </summary>
public sealed class CodeDigests
{
    private const string SourcePrefix = "source/";
    private readonly Dictionary<string, string> _digests = [];

    /// <summary>The key components of a stage's code, such as <c>code.Training</c>.</summary>
    /// <param name="code">Which sources make up the stage.</param>
    /// <exception cref="ArgumentException">A file or a room has no embedded source.</exception>
    public ImmutableSortedDictionary<string, string> Of(StageCode code)
    {
        var components = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (string file in code.Files)
            components.Add(
                $"code.{Path.GetFileNameWithoutExtension(file)}",
                Remembered(code.Home, [SourcePrefix + file])
            );
        foreach (Assembly room in SourceReferences.Closure(code.Rooms))
            components.Add($"code.{SourceReferences.RoomName(room)}", Remembered(room, SourceNames(room)));
        return components.ToImmutable();
    }

    private static string[] SourceNames(Assembly room) =>
        room.GetManifestResourceNames().Where(name => name.StartsWith(SourcePrefix, StringComparison.Ordinal)).ToArray()
            is { Length: > 0 } names
            ? [.. names.Order(StringComparer.Ordinal)]
            : throw new ArgumentException(
                $"'{room.GetName().Name}' embeds no sources, so its code cannot be part of a key."
            );

    private string Remembered(Assembly assembly, string[] names)
    {
        string id = $"{assembly.FullName}|{string.Join('|', names)}";
        if (!_digests.TryGetValue(id, out string? digest))
            _digests.Add(
                id,
                digest = Digest.OfText(string.Concat(names.Select(name => Framed(assembly, name)))).ToString()
            );
        return digest;
    }

    private static string Framed(Assembly assembly, string name)
    {
        using Stream source =
            assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException(
                $"'{assembly.GetName().Name}' embeds no '{name}', so its code cannot be part of a key."
            );
        using var reader = new StreamReader(source);
        string normal = SourceNormaliser.Normalise(reader.ReadToEnd());
        return $"{normal.Length}\n{normal}";
    }
}
