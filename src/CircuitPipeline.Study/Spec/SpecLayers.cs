using System.Collections.Immutable;
using CircuitPipeline.Pipeline.Errors;

namespace CircuitPipeline.Study.Spec;

/// <summary>Puts an experiment over the one that it <c>extends</c>, and the values of <c>--set</c> over both.</summary>
/// <remarks>
/// Groups are joined key by key; a single value or a list takes the place of the other one. A key without a value takes away
/// what the other file gives it. A group of another form, as a checkpoint in the place of a shape, takes the other's place whole, with the
/// keys that have no meaning beside it.
/// </remarks>
/// <param name="path">The experiment's file; null for a text, which extends nothing.</param>
/// <param name="problems">What is wrong.</param>
internal sealed class SpecLayers(string? path, SpecProblems problems)
{
    /// <summary>The key that names the other file.</summary>
    internal const string Key = "extends";

    private readonly List<string> _files = [];

    /// <summary>The files that are extended, in full.</summary>
    internal ImmutableArray<string> Files => [.. _files];

    /// <summary>Whether a file or a value could not be read, which the problems say.</summary>
    internal bool AreIncomplete { get; private set; }

    /// <summary>The experiment with what it extends under it.</summary>
    /// <param name="root">The experiment's own keys.</param>
    internal MappingNode Extended(MappingNode root)
    {
        if (root.Entries.FirstOrDefault(entry => entry.Key.Text == Key) is not { } extends)
        {
            return root;
        }

        MappingNode own = root with { Entries = root.Entries.Remove(extends) };
        if (Base(extends.Value) is { } under)
        {
            return Over(under, own, typeof(ExperimentSpec));
        }

        AreIncomplete = true;
        return own;
    }

    /// <summary>The experiment with values over its own.</summary>
    /// <param name="root">The experiment.</param>
    /// <param name="settings">Texts such as <c>fine_tune.rank=8</c>, the later over the earlier.</param>
    internal MappingNode With(MappingNode root, IEnumerable<string> settings)
    {
        MappingNode?[] overs = [.. settings.Select(Setting)];
        AreIncomplete |= overs.Contains(null);
        MappingNode[] read = [.. overs.OfType<MappingNode>()];
        MappingNode whole = read.Aggregate(root, (under, over) => Over(under, over, typeof(ExperimentSpec)));
        foreach (MappingNode over in read)
        {
            SpecMatrix.MustNotVary(whole, over, problems);
        }

        return whole;
    }

    /// <summary>The experiment with a value in the place of a path of keys, as <c>fine_tune.steps</c>.</summary>
    internal static MappingNode With(MappingNode root, string path, SpecNode value) =>
        Over(root, At(path.Split('.'), value), typeof(ExperimentSpec));

    private MappingNode? Base(SpecNode value)
    {
        if (path is null || value is not ScalarNode { Text: { Length: > 0 } name })
        {
            problems.Add(
                value,
                Diagnostics.IllTypedValue,
                $"'{Key}' is {value.Kind}, but must be the name of an experiment in the same folder, as tiny."
            );
            return null;
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        bool hasEnding =
            name.EndsWith(".yaml", StringComparison.Ordinal) || name.EndsWith(".yml", StringComparison.Ordinal);
        string file = hasEnding ? name : $"{name}.yaml";
        string full = Path.Combine(folder, file);
        if (file != Path.GetFileName(file) || !File.Exists(full))
        {
            string[] names = [.. Directory.GetFiles(folder, "*.yaml").Select(Path.GetFileNameWithoutExtension)!];
            problems.Add(
                value,
                Diagnostics.UnusableFile,
                $"'{Key}' is {MessageText.Quoted(name)}, but there is no such experiment in the same folder. {Spelling.Advice(name, names)}"
            );
            return null;
        }

        if (full == Path.GetFullPath(path) || _files.Contains(full))
        {
            problems.Add(
                value,
                Diagnostics.UnusableFile,
                $"'{Key}' is {MessageText.Quoted(name)}, which extends this experiment again."
            );
            return null;
        }

        _files.Add(full);
        return Read(() => SpecText.Read(full), file, hasLines: true) is MappingNode under ? Extended(under) : null;
    }

    private MappingNode? Setting(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string[] keys = equals < 0 ? [] : text[..equals].Split('.');
        string from = $"--set {MessageText.OneLine(equals < 0 ? text : text[..equals])}";
        if (keys.Length == 0 || keys.Any(key => key.Length == 0))
        {
            problems.Add(
                new ScalarNode(0, 0, text, IsPlain: true) { From = from },
                Diagnostics.IllTypedValue,
                "must be KEY=VALUE, as 'fine_tune.rank=8'."
            );
            return null;
        }

        if (keys[0] == Key)
        {
            problems.Add(
                new ScalarNode(0, 0, text, IsPlain: true) { From = from },
                Diagnostics.IllTypedValue,
                $"cannot be set here, since what an experiment extends is read before; write '{Key}' in a file, and name that."
            );
            return null;
        }

        if (keys is [SpecMatrix.Key, _, _, ..])
        {
            keys = [SpecMatrix.Key, string.Join('.', keys[1..])]; // what varies is named as a whole
        }

        string value = text[(equals + 1)..];
        SpecNode? node = string.IsNullOrWhiteSpace(value)
            ? new ScalarNode(0, 0, "", IsPlain: true) { From = from }
            : Read(() => value, from, hasLines: false);
        return node is null ? null : At(keys, node);
    }

    // The value in its groups, all where the value is.
    private static MappingNode At(IEnumerable<string> keys, SpecNode value) =>
        (MappingNode)
            keys.Reverse()
                .Aggregate(
                    value,
                    (inner, key) =>
                        new MappingNode(
                            value.Line,
                            value.Column,
                            [
                                new KeyedNode(
                                    new ScalarNode(value.Line, value.Column, key, true) { From = value.From },
                                    inner
                                ),
                            ]
                        )
                        {
                            From = value.From,
                        }
                );

    private SpecNode? Read(Func<string> text, string from, bool hasLines)
    {
        SpecProblems own = new(from);
        SpecNode? node = null;
        try
        {
            node = SpecPlaces.Placed(SpecTree.Read(text(), own), from, hasLines);
        }
        catch (SpecSyntaxException stop)
        {
            own.Add(stop.Problem);
        }

        foreach (LocatedProblem problem in own.All)
        {
            problems.Add(problem with { From = from, Line = hasLines ? problem.Line : 0 });
        }

        return node;
    }

    private static MappingNode Over(MappingNode under, MappingNode over, Type record)
    {
        if (IsOfAnotherForm(under, over, record))
        {
            return over;
        }

        Dictionary<string, SpecKey> keys = SpecForms.Of(record).SelectMany(SpecKey.Of).ToDictionary(key => key.Name);
        List<KeyedNode> entries = [];
        foreach (KeyedNode entry in under.Entries)
        {
            KeyedNode? own = over.Entries.FirstOrDefault(candidate => candidate.Key.Text == entry.Key.Text);
            bool isExcluded =
                keys.TryGetValue(entry.Key.Text, out SpecKey? key)
                && key.InsteadOf is { } other
                && over.Has(other)
                && !(key.MayStandBeside && under.Has(other)); // what stood beside the other one stays
            if (own is null && !isExcluded)
            {
                entries.Add(entry);
            }
            else if (own is { Value: MappingNode ownGroup } && entry.Value is MappingNode group)
            {
                entries.Add(own with { Value = Over(group, ownGroup, TypeOf(key)) });
            }
            else if (own is not null && !IsNothing(own.Value))
            {
                entries.Add(own);
            }
        }

        foreach (KeyedNode entry in over.Entries.Where(own => under.Entries.All(old => old.Key.Text != own.Key.Text)))
        {
            if (!keys.TryGetValue(entry.Key.Text, out SpecKey? key))
            {
                entries.AddRange(
                    entry.Key.Text == SpecMatrix.Key && IsNothing(entry.Value) ? (KeyedNode[])[] : [entry]
                );
            }
            else if (entry.Value is MappingNode { Entries.IsEmpty: false } group)
            {
                MappingNode rest = Over(group with { Entries = [] }, group, TypeOf(key));
                entries.AddRange(rest.Entries.IsEmpty ? (KeyedNode[])[] : [entry with { Value = rest }]);
            }
            else if (!IsNothing(entry.Value)) // what takes a key away that is not there has nothing to do
            {
                entries.Add(entry);
            }
        }

        return over with
        {
            Entries = [.. entries],
        };
    }

    private static Type TypeOf(SpecKey? key) =>
        key?.Property.PropertyType is { } type ? Nullable.GetUnderlyingType(type) ?? type : typeof(object);

    private static bool IsNothing(SpecNode value) => value is ScalarNode { IsPlain: true, Text: "" or "~" or "null" };

    // A key that the other's form does not have makes it another form.
    private static bool IsOfAnotherForm(MappingNode under, MappingNode over, Type record)
    {
        IReadOnlyList<Type> forms = SpecForms.Of(record);
        if (forms.Count == 1)
        {
            return false;
        }

        string[] known = [.. SpecKey.Of(SpecForms.Chosen(record, under)).Select(key => key.Name)];
        string[] all = [.. forms.SelectMany(SpecKey.Of).Select(key => key.Name)];
        return over.Entries.Any(entry => all.Contains(entry.Key.Text) && !known.Contains(entry.Key.Text));
    }
}

/// <summary>Says of a tree of nodes where it is from.</summary>
internal static class SpecPlaces
{
    /// <summary>In another file, or in an option, where lines mean nothing.</summary>
    internal static SpecNode Placed(SpecNode node, string from, bool hasLines)
    {
        SpecNode placed = hasLines ? node with { From = from } : node with { From = from, Line = 0, Column = 0 };
        return placed switch
        {
            MappingNode group => group with
            {
                Entries =
                [
                    .. group.Entries.Select(entry => new KeyedNode(
                        (ScalarNode)Placed(entry.Key, from, hasLines),
                        Placed(entry.Value, from, hasLines)
                    )),
                ],
            },
            SequenceNode list => list with { Items = [.. list.Items.Select(item => Placed(item, from, hasLines))] },
            _ => placed,
        };
    }
}
