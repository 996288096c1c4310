using System.Collections;
using System.Collections.Immutable;

namespace VerifyTests.Serialization;

/// <summary>What counts as a collection: whatever has a count; a sequence that is only enumerated does not.</summary>
internal static class Collections
{
    private static readonly Type[] Counted = [typeof(ICollection<>), typeof(IReadOnlyCollection<>)];
    private static readonly Type[] Dictionaries = [typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>)];

    /// <summary>The items of a collection; null for anything else.</summary>
    public static IEnumerable? Items(object? value) =>
        value is string || value is not IEnumerable items ? null
        : IsUnset(value) ? Array.Empty<object>()
        : value is ICollection || value.GetType().GetInterfaces().Any(IsCounted) || IsEmptyOfLinq(value) ? items
        : null;

    /// <summary>A collection without items, which is left out where it is a member, an item or a value.</summary>
    public static bool IsEmpty(object? value) => Items(value) is { } items && !items.Cast<object?>().Any();

    /// <summary>A dictionary that cannot be read as <see cref="IDictionary"/>.</summary>
    public static bool IsGenericDictionaryOnly(object value) =>
        value is not IDictionary
        && value.GetType().GetInterfaces().Any(type => Dictionaries.Any(definition => IsOf(type, definition)));

    /// <summary>A dictionary's entries: by key where its keys can be compared, but a sorted one's in its own order.</summary>
    public static IEnumerable<DictionaryEntry> Entries(IDictionary dictionary)
    {
        List<DictionaryEntry> entries = [];
        foreach (DictionaryEntry entry in dictionary)
        {
            entries.Add(entry);
        }

        return IsSortable(dictionary.GetType())
            ? entries.OrderBy(entry => entry.Key, Comparer<object>.Default)
            : entries;
    }

    // What is derived from a sorted dictionary is sorted again, by the keys' own order.
    private static bool IsSortable(Type type) =>
        !IsOf(type, typeof(SortedDictionary<,>))
        && !IsOf(type, typeof(ImmutableSortedDictionary<,>))
        && type.GetInterfaces().FirstOrDefault(face => IsOf(face, typeof(IDictionary<,>))) is { } keyed
        && keyed.GetGenericArguments()[0].IsAssignableTo(typeof(IComparable));

    private static bool IsCounted(Type type) =>
        Counted.Any(definition => IsOf(type, definition)) || IsOf(type, typeof(ILookup<,>));

    private static bool IsOf(Type type, Type definition) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    private static bool IsEmptyOfLinq(object value) =>
        value.GetType().FullName?.StartsWith("System.Linq.EmptyPartition", StringComparison.Ordinal) == true;

    // An ImmutableArray without an array cannot be enumerated.
    private static bool IsUnset(object value) =>
        IsOf(value.GetType(), typeof(ImmutableArray<>))
        && value.GetType().GetProperty(nameof(ImmutableArray<int>.IsDefault))!.GetValue(value) is true;
}
