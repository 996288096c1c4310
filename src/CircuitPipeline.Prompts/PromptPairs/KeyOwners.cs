using System.Collections.Immutable;
using CircuitPipeline.Prompts.Tasks;

namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>What a task's keys are given out by.</summary>
/// <param name="Numbers">The numbers that are words.</param>
/// <param name="Share">The corpus's share of the keys.</param>
/// <param name="PartShares">The shares of parts by their names, where they are others.</param>
/// <param name="Sizes">The sizes of the sets; null where only the corpus's share matters.</param>
/// <param name="Seed">The study's stream.</param>
internal sealed record SplitRule(
    TinyNumbers Numbers,
    double Share,
    IReadOnlyDictionary<string, double>? PartShares,
    SplitSpec? Sizes,
    SeededRandom Seed
);

/// <summary>Which set may ask which key of a task, and so which item.</summary>
internal sealed class KeyOwners
{
    // The name that the first task's order had when it was the only one; each task shuffles a list of its own.
    private const string Order = "target order";

    // How keys that no part asks are shared out between the sets beside the corpus, equally: a composition's item needs all of its keys in
    // one set, so that a set in which a part asks little needs many keys of the other.
    private static readonly (SplitSet Set, double Upto)[] Portions =
    [
        (SplitSet.Validation, 0.2),
        (SplitSet.Circuit1, 0.4),
        (SplitSet.Circuit2, 0.6),
        (SplitSet.Test, 0.8),
        (SplitSet.Train, 1),
    ];

    private readonly Dictionary<string, SplitSet> _owners = [];
    private readonly SplitRule _rule;
    private ILookup<SplitSet?, TaskItem> _items = Array.Empty<TaskItem>().ToLookup(_ => (SplitSet?)null);

    private KeyOwners(SplitRule rule) => _rule = rule;

    /// <summary>Gives out a task's keys.</summary>
    public static KeyOwners Of(IPromptTask task, SplitRule rule)
    {
        KeyOwners owners = new(rule);
        TaskItem[] items = [.. task.Items(rule.Numbers)];
        if (items.All(item => item.Keys.Length == 1))
        {
            items = owners.GiveOut(task, items, rule.Share);
        }
        else
        {
            foreach (IPromptTask part in (task as IComposedTask)?.Parts ?? [])
            {
                owners.GiveOut(
                    part,
                    part.Items(rule.Numbers),
                    rule.PartShares?.GetValueOrDefault(part.Name, rule.Share) ?? rule.Share
                );
            }
            items = rule.Seed.Derive(Order).Shuffled(items);
        }
        owners._items = items.ToLookup(owners.Of);
        return owners;
    }

    /// <summary>The items that a set may ask, in a random order.</summary>
    public ImmutableArray<TaskItem> ItemsOf(SplitSet set) => [.. _items[set]];

    private TaskItem[] GiveOut(IPromptTask task, IEnumerable<TaskItem> items, double share)
    {
        IGrouping<string, TaskItem>[] groups = _rule
            .Seed.Derive(Order)
            .Shuffled(items.GroupBy(item => item.Keys.Single()));
        int place = Math.Max(1, (int)Math.Round(groups.Length * share));
        int perItem = new TaskRows(task, _rule.Numbers, _rule.Seed).PerItem;
        Give(groups.Take(place), SplitSet.Corpus);
        foreach (SplitSet set in (SplitSet[])[SplitSet.Validation, SplitSet.Circuit1, SplitSet.Circuit2, SplitSet.Test])
        {
            int rows = 0;
            int first = place;
            while (rows < (_rule.Sizes?.CountOf(set) ?? 0) && place < groups.Length)
            {
                rows += groups[place++].Count() * perItem;
            }
            Give(groups[first..place], set);
        }
        Give(groups.Skip(place), SplitSet.Train);
        return [.. groups.SelectMany(group => group)];
    }

    private void Give(IEnumerable<IGrouping<string, TaskItem>> groups, SplitSet set)
    {
        foreach (IGrouping<string, TaskItem> group in groups)
        {
            _owners[group.Key] = set;
        }
    }

    private SplitSet? Of(TaskItem item)
    {
        SplitSet first = Of(item.Keys[0]);
        return item.Keys.All(key => Of(key) == first) ? first : null;
    }

    private SplitSet Of(string key)
    {
        if (!_owners.TryGetValue(key, out SplitSet set))
        {
            double point = _rule.Seed.Derive($"key {key}").NextShare();
            double beside = (point - _rule.Share) / (1 - _rule.Share);
            set = beside < 0 ? SplitSet.Corpus : Portions.First(row => beside < row.Upto).Set;
            _owners.Add(key, set);
        }
        return set;
    }
}
