using System.Collections.Immutable;
using System.Reflection;
using CircuitPipeline.Pipeline.Store;

namespace CircuitPipeline.Pipeline.Code;

/// <summary>
/// Digests of the sources that a stage consists of, one for each of its own files and for each room. Sources are
/// embedded at build; binaries are never digested, because they differ where sources do not.
/// </summary>
public sealed class CodeDigests
{
    private readonly Dictionary<string, string> _digests = [];

    /// <summary>The key components of a stage's code, such as <c>code.Training</c>.</summary>
    /// <param name="code">Which sources make up the stage.</param>
    /// <exception cref="ArgumentException">A file or a room has no embedded source.</exception>
    public ImmutableSortedDictionary<string, string> Of(StageCode code)
    {
        ImmutableSortedDictionary<string, string>.Builder components = ImmutableSortedDictionary.CreateBuilder<
            string,
            string
        >(StringComparer.Ordinal);
        foreach (string file in code.Files)
        {
            components.Add($"code.{Path.GetFileNameWithoutExtension(file)}", Remembered(code.Home, [file]));
        }

        foreach (Assembly room in SourceReferences.Closure(code.Rooms))
        {
            components.Add($"code.{SourceReferences.RoomName(room)}", Remembered(room, EmbeddedSources.NamesIn(room)));
        }

        return components.ToImmutable();
    }

    private string Remembered(Assembly assembly, string[] names)
    {
        string id = $"{assembly.FullName}|{string.Join('|', names)}";
        if (!_digests.TryGetValue(id, out string? digest))
        {
            _digests.Add(
                id,
                digest = Digest.OfText(string.Concat(names.Select(name => Framed(assembly, name)))).ToString()
            );
        }

        return digest;
    }

    private static string Framed(Assembly assembly, string name)
    {
        string normal = EmbeddedSources.Normal(assembly, name);
        return $"{normal.Length}\n{normal}";
    }
}
