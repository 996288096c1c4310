using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Tests.Documentation;

/// <summary>Writes docs/experiment-file.md from the spec's records: their keys, descriptions, ranges and defaults.</summary>
internal static partial class ExperimentReference
{
    private const string Introduction = """
        # The experiment file

        A study is one YAML file, by custom in `experiments/`; [experiments/tiny.yaml](../experiments/tiny.yaml) is the default one, with a reason beside each number that needs one. Everything that a study's results
        depend on stands in it, besides the code, the engine and the device. Every key is required but those with a default; an unknown key is an error. Numbers are decimal and stand without quotes. All that is
        wrong is told at once, each with its place and a code: [errors.md](errors.md). Editors that know YAML schemas complete and check the keys by [experiments/study.schema.json](../experiments/study.schema.json).

        `extends: NAME` puts a file over another one of the same folder: groups are joined key by key, a single value or a list takes the other's place, a key without a value takes away what the other file gives, and a checkpoint takes the
        place of a shape with `data`, `splits` and `pretrain`. `--set KEY=VALUE` of `dotnet circuit` and `dotnet cake`, as `--set fine_tune.rank=8`, puts one value over the file's; it may be given several times. Both change the results and
        their keys as if the value stood in the file; with `--set study=NAME` they get a folder of their own.

        `matrix` makes several studies of one file, one for each combination of the values that it lists: `matrix: {fine_tune.rank: [2, 4], seed: [0, 1]}` makes four, called after `study` and their values, as `tiny-rank-2-seed-0`, each with
        its own folder and lock. `run`, `status`, `explain` and the build work on all of them, one after the other; what two of them have in common is made once. `--set matrix=` takes it away, `--set "matrix.seed=[5, 6]"` puts other values in the place of a key's, and `--set` of a key that varies is refused.

        [protocol.md](protocol.md) says what `protocol` and `traps` stand for, [text.md](text.md) how pairs are read and which tasks there are.

        This page is made from the descriptions in `src/CircuitPipeline.Study/Spec`, and a test compares it with them.


        """;

    // Two pages are made side by side.
    private static readonly ConcurrentDictionary<Assembly, XDocument> Documents = new();

    internal static string Write()
    {
        StringBuilder page = new(Introduction.ReplaceLineEndings("\n"));
        WriteRecord(page, typeof(ExperimentSpec), "", []);
        return page.ToString();
    }

    internal static string Description(string member, string part)
    {
        Assembly assembly =
            AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(loaded => loaded.GetType(TypeOf(member)) is not null)
            ?? throw new InvalidOperationException($"No assembly has '{member}'.");
        XDocument document = Documents.GetOrAdd(
            assembly,
            loaded => XDocument.Load(Path.ChangeExtension(loaded.Location, ".xml"), LoadOptions.PreserveWhitespace)
        );
        XElement element =
            document
                .Descendants("member")
                .SingleOrDefault(candidate => (string?)candidate.Attribute("name") == member)
                ?.Element(part)
            ?? throw new InvalidOperationException($"'{member}' has no '{part}' in its documentation.");
        return Blanks().Replace(string.Concat(element.Nodes().Select(Markdown)), " ").Trim().Replace("|", "\\|");
    }

    // A record that stands at several keys has its table at the first.
    private static void WriteRecord(StringBuilder page, Type record, string path, Dictionary<Type, string> written)
    {
        if (!written.TryAdd(record, path))
        {
            return;
        }

        IReadOnlyList<Type> forms = SpecForms.Of(record);
        if (forms.Count > 1)
        {
            page.Append($"## `{path}`\n\n{Description($"T:{record.FullName}", "summary")}\n\n");
            foreach (Type form in forms)
            {
                WriteForm(page, form, path, written);
            }

            return;
        }

        page.Append($"## {(path.Length == 0 ? "The keys of a study" : $"`{path}`")}\n\n");
        WriteForm(page, record, path, written);
    }

    private static void WriteForm(StringBuilder page, Type record, string path, Dictionary<Type, string> written)
    {
        SpecKey[] keys = SpecKey.Of(record);
        page.Append($"{Description($"T:{record.FullName}", "summary")}\n\n")
            .Append("| key | meaning | must be |\n|---|---|---|\n");
        Dictionary<Type, string> places = new(written);
        foreach (SpecKey key in keys)
        {
            string member = $"P:{record.FullName}.{key.Property.Name}";
            string byDefault = key.IsRequired ? "" : $" {Description(member, "value")}";
            page.Append(
                $"| `{key.Name}` | {Description(member, "summary")}{byDefault} | {Limits(key, path, places)} |\n"
            );
        }

        page.Append('\n');
        foreach (SpecKey key in keys.Where(key => IsRecord(ItemOf(key.Property.PropertyType))))
        {
            WriteRecord(page, ItemOf(key.Property.PropertyType), Inner(path, key.Name), written);
        }
    }

    private static string Limits(SpecKey key, string path, Dictionary<Type, string> places)
    {
        Type type = key.Property.PropertyType;
        Type item = ItemOf(type);
        places.TryAdd(item, Inner(path, key.Name));
        string limits = new SpecLimits(key.Property).Describe(type);
        return IsRecord(item)
            ? limits.Replace("a group of keys", $"[a group of keys](#{places[item].Replace(".", "")})")
            : limits;
    }

    // What a list holds; a value that is no list as it is.
    private static Type ItemOf(Type type) =>
        type.IsArray ? type.GetElementType()! : Nullable.GetUnderlyingType(type) ?? type;

    private static string Inner(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static bool IsRecord(Type type) => !SpecScalars.IsScalar(type);

    private static string TypeOf(string member) => member[0] == 'T' ? member[2..] : member[2..member.LastIndexOf('.')];

    private static string Markdown(XNode node) =>
        node switch
        {
            XElement { Name.LocalName: "see" } see =>
                $"`{SpecKey.NameOf(((string)see.Attribute("cref")!).Split('.')[^1])}`",
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement other => other.Value,
            XText text => text.Value,
            _ => "",
        };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
