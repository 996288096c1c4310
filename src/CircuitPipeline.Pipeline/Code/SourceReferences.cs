using System.Reflection;

namespace CircuitPipeline.Pipeline.Code;

/// <summary>Which projects of this repository a project refers to, as the build recorded it in the assembly.</summary>
internal static class SourceReferences
{
    private const string Ours = "CircuitPipeline.";

    /// <summary>The rooms and all that they refer to, directly or not, by name; stand-ins for packages do not count.</summary>
    public static IEnumerable<Assembly> Closure(IEnumerable<Assembly> rooms)
    {
        SortedDictionary<string, Assembly> found = new(StringComparer.Ordinal);
        Queue<Assembly> open = new(rooms);
        while (open.TryDequeue(out Assembly? room))
        {
            if (found.TryAdd(RoomName(room), room))
            {
                foreach (string name in NamesIn(room))
                {
                    open.Enqueue(Assembly.Load(new AssemblyName(name)));
                }
            }
        }

        return found.Values;
    }

    /// <summary>The last part of the project's name, such as <c>Training</c>.</summary>
    public static string RoomName(Assembly room) =>
        room.GetName().Name is { } name && name.StartsWith(Ours, StringComparison.Ordinal)
            ? name[Ours.Length..]
            : room.GetName().Name!;

    /// <summary>The projects of ours that a project refers to.</summary>
    internal static IEnumerable<string> NamesIn(Assembly room) =>
        Metadata(room, "SourceReferences").Where(name => name.StartsWith(Ours, StringComparison.Ordinal));

    /// <summary>The parts of what a build says of a project, between semicolons.</summary>
    internal static IEnumerable<string> Metadata(Assembly room, string key) =>
        room.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(metadata => metadata.Key == key)
            .SelectMany(metadata => (metadata.Value ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries));
}
