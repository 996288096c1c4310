using System.Text.RegularExpressions;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.ArchitectureRules;

/// <summary>Constants, fields, constructors, properties, methods, types; the analysers of the compiler know no such rule.</summary>
public sealed partial class MemberOrder
{
    private static readonly string[] Kinds = ["constant", "field", "constructor", "property", "method", "type"];

    public static TheoryData<string> Rooms =>
        [.. Directory.EnumerateDirectories(Path.Combine(RepositoryRoot.Path, "src")).Select(Named)];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Of_every_type_is_the_same(string room) =>
        Assert.Empty(SourceTree.Files($"src/{room}").SelectMany(OutOfOrder));

    [Fact]
    public void Is_seen_to_be_broken_by_a_property_after_a_method() =>
        Assert.Equal(
            ["4: property after method"],
            OutOfOrder(["public class C", "{", "    public int F() => 1;", "    public int P => 1;", "}"])
        );

    private static string Named(string folder) => Path.GetFileName(folder);

    private static IEnumerable<string> OutOfOrder(string file) =>
        OutOfOrder(File.ReadAllLines(file)).Select(line => $"{SourceTree.Shown(file)}:{line}");

    // Members of a file's outermost types, which the formatter indents by four; a type's brace at the margin begins anew.
    private static IEnumerable<string> OutOfOrder(string[] lines)
    {
        int last = -1;
        foreach ((int index, string line) in lines.Index())
        {
            if (line.StartsWith('{') || line.StartsWith('}'))
            {
                last = -1;
            }
            if (Member().IsMatch(line))
            {
                int kind = KindOf(line);
                if (kind < last)
                {
                    yield return $"{index + 1}: {Kinds[kind]} after {Kinds[last]}";
                }
                last = kind;
            }
        }
    }

    private static int KindOf(string line)
    {
        Match declaration = Declaration().Match(line);
        (string head, string end) = (declaration.Groups["head"].Value, declaration.Groups["end"].Value);
        return Type().IsMatch(head) ? 5
            : head.Contains(" const ") ? 0
            : Constructor().IsMatch(head) ? 2
            : Call().IsMatch(head) ? 4
            : end is "=" or ";" ? 1
            : 3;
    }

    [GeneratedRegex("^    (public|private|protected|internal) ")]
    private static partial Regex Member();

    // What a member is stands before its value, its body or its accessors.
    [GeneratedRegex(@"^(?<head>.*?)( (?<end>=)( |$)| (?<end>=>)| (?<end>\{)|(?<end>;)|$)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@" (class|record|struct|interface|enum|delegate) ")]
    private static partial Regex Type();

    [GeneratedRegex(@"^    ((public|private|protected|internal|static) )+\w+\(")]
    private static partial Regex Constructor();

    [GeneratedRegex(@"\w(<[\w, ]+>)?\(| operator ")]
    private static partial Regex Call();
}
