using System.Collections.Immutable;

namespace CircuitPipeline.Study.Spec;

/// <summary>Makes several studies of one experiment: one for each combination of the values that <c>matrix</c> lists.</summary>
/// <remarks>
/// A study of a matrix is called after the experiment's <c>study</c> and its own values, as <c>tiny-rank-4-seed-1</c>. What two of them
/// have in common is made once, since the store knows results by what they were made from.
/// </remarks>
/// <param name="problems">What is wrong.</param>
internal sealed class SpecMatrix(SpecProblems problems)
{
    /// <summary>The key that lists the values.</summary>
    internal const string Key = "matrix";

    /// <summary>The most studies of one experiment.</summary>
    internal const int MostStudies = 256;

    /// <summary>The experiments of the matrix, the last key's values changing first; the experiment itself where it has none.</summary>
    /// <param name="root">The experiment, with all that it extends.</param>
    /// <param name="over">Puts a value in the place of a path of keys.</param>
    internal ImmutableArray<MappingNode> Of(MappingNode root, Func<MappingNode, string, SpecNode, MappingNode> over)
    {
        if (root.Entries.FirstOrDefault(entry => entry.Key.Text == Key) is not { } matrix)
        {
            return [root];
        }

        MappingNode own = root with { Entries = root.Entries.Remove(matrix) };
        if (matrix.Value is not MappingNode { Entries.Length: > 0 } axes)
        {
            Add(
                matrix.Value,
                $"'{Key}' is {matrix.Value.Kind}, but must be a group of keys with a list of values each, as 'fine_tune.rank: [2, 4]'."
            );
            return [own];
        }

        ImmutableArray<MappingNode> studies = [own];
        foreach (KeyedNode axis in axes.Entries)
        {
            if (ValuesOf(axis) is not { } values)
            {
                continue;
            }

            if ((long)studies.Length * values.Length > MostStudies)
            {
                Add(axis.Key, $"'{Key}' makes more than {MostStudies} studies with this key; list fewer values.");
                return [own];
            }

            studies =
            [
                .. from study in studies
                from value in values
                select over(Named(study, NameOf(axis, axes), value), axis.Key.Text, value),
            ];
        }

        return studies;
    }

    /// <summary>Refuses a value of the command line for a key that varies, whose place the matrix's values would take.</summary>
    /// <param name="root">The experiment, with all that is set.</param>
    /// <param name="setting">What the command line sets, in its groups.</param>
    /// <param name="problems">Takes the problem.</param>
    internal static void MustNotVary(MappingNode root, MappingNode setting, SpecProblems problems)
    {
        KeyedNode[] axes = root.Entries.FirstOrDefault(entry => entry.Key.Text == Key)?.Value is MappingNode group
            ? [.. group.Entries]
            : [];
        foreach (KeyedNode axis in axes)
        {
            string key = axis.Key.Text;
            SpecNode? given = key.Split('.')
                .Aggregate(
                    (SpecNode?)setting,
                    (inner, part) =>
                        (inner as MappingNode)?.Entries.FirstOrDefault(entry => entry.Key.Text == part)?.Value
                );
            if (given is not null)
            {
                string away = axes.Length == 1 ? $"--set {Key}=" : $"--set {Key}.{key}=";
                problems.Add(
                    given,
                    Diagnostics.OutOfRange,
                    $"'{Key}' varies {MessageText.Quoted(key)}, so that its values would take this one's place; write '--set \"{Key}.{key}=[…]\"' for other values, or take the key out of the matrix by '{away}'."
                );
            }
        }
    }

    private ImmutableArray<SpecNode>? ValuesOf(KeyedNode axis)
    {
        string key = axis.Key.Text;
        if (key is "study" or SpecLayers.Key or Key || key.Split('.').Any(part => part.Length == 0))
        {
            Add(
                axis.Key,
                $"{MessageText.Quoted(key)} cannot vary in '{Key}'; name a key with its groups, as 'fine_tune.rank'."
            );
            return null;
        }

        if (axis.Value is not SequenceNode { Items.Length: > 0 } list)
        {
            Add(axis.Value, $"'{Key}.{key}' is {axis.Value.Kind}, but must be a list of values, one for each study.");
            return null;
        }

        if (list.Items.GroupBy(SuffixOf).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            Add(twice.Last(), $"'{Key}.{key}' has the value {twice.Last().Kind} twice; list each once.");
            return null;
        }

        return list.Items;
    }

    // The last part of the key, as rank of fine_tune.rank; the whole where another one ends so too.
    private static string NameOf(KeyedNode axis, MappingNode axes)
    {
        string last = axis.Key.Text.Split('.')[^1];
        bool isAlone = axes.Entries.Count(other => other.Key.Text.Split('.')[^1] == last) == 1;
        return (isAlone ? last : axis.Key.Text.Replace('.', '-')).Replace('_', '-');
    }

    private static MappingNode Named(MappingNode study, string axis, SpecNode value)
    {
        int place = study.Entries.ToList().FindIndex(entry => entry.Key.Text == "study");
        if (place < 0 || study.Entries[place].Value is not ScalarNode name)
        {
            return study; // which is a problem of its own
        }

        string suffix = $"{axis}-{SuffixOf(value)}";
        KeyedNode named = study.Entries[place] with { Value = name with { Text = $"{name.Text}-{suffix}" } };
        return study with { Entries = study.Entries.SetItem(place, named) };
    }

    // What a value adds to a study's name: its letters and digits, those of a group in its order.
    private static string SuffixOf(SpecNode value) =>
        value switch
        {
            ScalarNode scalar => string.Join(
                '-',
                new string([
                    .. scalar.Text.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' '),
                ]).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            ),
            SequenceNode list => string.Join('-', list.Items.Select(SuffixOf)),
            _ => string.Join('-', ((MappingNode)value).Entries.Select(entry => SuffixOf(entry.Value))),
        };

    private void Add(SpecNode where, string message) => problems.Add(where, Diagnostics.OutOfRange, message);
}
