using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace CircuitPipeline.Pipeline.Code;

/// <summary>Which source of a project names which other, from the sources that are embedded in it.</summary>
/// <remarks>
/// <code>
/// 1. a stage starts with the files of its folder
/// 2. a file reaches every file that declares a type at the top level whose name it has among its words
/// 3. a file reaches every project whose namespace it names, and with it the projects that this one refers to
/// </code>
/// Names are looked for in the sources and not in the compiled code: the compiler puts the value of a constant where it is used,
/// and nothing there says from which file it is. A word that happens to be the name of a type reaches too much, which costs a run
/// more; nothing is reached too little, but by extension methods, which a file uses without their type's name: a project of stages
/// declares none. Files that only carry the values of a spec do not count (the project's metadata <c>SpecSources</c>): each value
/// is in the key by itself.
/// </remarks>
internal sealed partial class SourceMap
{
    private static readonly ConcurrentDictionary<Assembly, SourceMap> Known = new();

    private readonly Assembly _home;
    private readonly ImmutableSortedDictionary<string, SourceFile> _files;
    private readonly ILookup<string, string> _filesByType;

    private SourceMap(Assembly home)
    {
        _home = home;
        string[] rooms =
        [
            .. SourceReferences.NamesIn(home).Where(name => name != typeof(SourceMap).Assembly.GetName().Name),
        ];
        string[] specs = [.. SourceReferences.Metadata(home, "SpecSources")];
        _files = EmbeddedSources
            .NamesIn(home)
            .Where(file => !specs.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)))
            .ToImmutableSortedDictionary(
                file => file,
                file => SourceFile.Of(EmbeddedSources.Normal(home, file), rooms),
                StringComparer.Ordinal
            );
        _filesByType = _files
            .SelectMany(file => file.Value.Types.Select(type => (Type: type, File: file.Key)))
            .ToLookup(pair => pair.Type, pair => pair.File);
    }

    /// <summary>The map of a project; made once.</summary>
    internal static SourceMap Of(Assembly home) => Known.GetOrAdd(home, assembly => new SourceMap(assembly));

    /// <summary>The files and projects that a type's folder reaches.</summary>
    /// <exception cref="ArgumentException">No source declares the type.</exception>
    internal StageCode ReachedFrom(string type)
    {
        string start =
            _filesByType[type].FirstOrDefault()
            ?? throw new ArgumentException(
                $"'{_home.GetName().Name}' embeds no source that declares '{type}', so its code cannot be part of a key."
            );
        string folder = FolderOf(start);
        SortedSet<string> reached = new(StringComparer.Ordinal);
        Queue<string> open = new(_files.Keys.Where(file => FolderOf(file) == folder));
        while (open.TryDequeue(out string? file))
        {
            if (reached.Add(file))
            {
                foreach (string named in _files[file].Words.SelectMany(word => _filesByType[word]))
                {
                    open.Enqueue(named);
                }
            }
        }

        return new StageCode(
            _home,
            [.. reached],
            [
                .. reached
                    .SelectMany(file => _files[file].Rooms)
                    .Distinct()
                    .Order(StringComparer.Ordinal)
                    .Select(room => Assembly.Load(new AssemblyName(room))),
            ]
        );
    }

    private static string FolderOf(string file) => file[..(file.LastIndexOf('/') + 1)];

    // What one source declares at the top level, which words it has, and which projects it names.
    private sealed partial record SourceFile(string[] Types, HashSet<string> Words, string[] Rooms)
    {
        internal static SourceFile Of(string source, string[] rooms) =>
            new(
                [.. Declarations().Matches(TopLevel(source)).Select(match => match.Groups["name"].Value)],
                [.. Word().Matches(source).Select(match => match.Value)],
                [.. rooms.Where(room => Regex.IsMatch(source, $@"\b{Regex.Escape(room)}\b"))]
            );

        // The code outside braces; the namespace is file-scoped, and a brace in a literal opens nothing.
        private static string TopLevel(string source)
        {
            StringBuilder code = new();
            int depth = 0;
            for (int at = 0, next; at < source.Length; at = next)
            {
                next = SourceLexer.EndOfToken(source, at, out SourceToken token);
                if (token == SourceToken.Literal)
                {
                    continue;
                }

                depth += source[at] switch
                {
                    '{' => 1,
                    '}' => -1,
                    _ => 0,
                };
                if (depth == 0)
                {
                    code.Append(source, at, next - at);
                }
            }
            return code.ToString();
        }

        [GeneratedRegex(
            @"\b(?:class|struct|interface|enum|record(?: (?:struct|class))?|delegate [\w<>\[\],?.]+) (?<name>[A-Z]\w*)"
        )]
        private static partial Regex Declarations();

        [GeneratedRegex(@"[A-Za-z_]\w*")]
        private static partial Regex Word();
    }
}
