using System.Collections.Immutable;

namespace CircuitPipeline.TorchTests.SafeCalls;

/// <summary>What assemblies use of TorchSharp, and what that does inside TorchSharp, followed through its compiled code.</summary>
/// <remarks>
/// Calls by way of a base class or an interface are followed to the method that is named, not to those that override it. So all
/// methods of a module or a distribution count as called where it is made, or one of its methods is called.
/// </remarks>
internal sealed class CallsIntoTorchSharp
{
    private static readonly Lazy<CompiledCode> Library = new(() => CompiledCode.Of(InOutput("TorchSharp")));

    private static readonly Lazy<ILookup<string, string>> Callers = new(() =>
        (
            from method in Library.Value.Calls.OrderBy(method => method.Key, StringComparer.Ordinal)
            from called in method.Value
            select (Caller: method.Key, Called: called)
        ).ToLookup(call => call.Called, call => call.Caller)
    );

    // Modules and distributions, which are called through their base classes.
    private static readonly Lazy<ILookup<string, string>> MethodsByModule = new(() =>
        Library.Value.Calls.Keys.Where(name => IsOfModule(name) && !IsConstructor(name)).ToLookup(CompiledCode.TypeOf)
    );

    private static readonly Dictionary<string, string[]> RunBy = [];

    private readonly Dictionary<string, ImmutableSortedSet<string>> _callersOf = [];

    private CallsIntoTorchSharp(IEnumerable<string> assemblies)
    {
        foreach (string assembly in assemblies)
        {
            foreach ((string caller, ImmutableHashSet<string> called) in CompiledCode.Of(InOutput(assembly)).Calls)
            {
                foreach (string method in called.Where(Library.Value.Calls.ContainsKey))
                {
                    foreach (string run in RunWith(method))
                    {
                        _callersOf[run] = _callersOf.GetValueOrDefault(run, []).Add($"{assembly}: {caller}");
                    }
                }
            }
        }
    }

    /// <summary>TorchSharp's methods that are used, and by whom.</summary>
    internal IReadOnlyDictionary<string, ImmutableSortedSet<string>> CallersOf => _callersOf;

    /// <summary>The methods of TorchSharp that stand for a native function.</summary>
    internal static IEnumerable<(string Method, string Function)> Imports =>
        Library.Value.Imports.Select(import => (import.Key, import.Value));

    /// <param name="assemblies">Names without extension; they lie beside this one.</param>
    internal static CallsIntoTorchSharp Of(params IEnumerable<string> assemblies) => new(assemblies);

    /// <summary>TorchSharp's methods that come to call some methods of it: by method the next one on the shortest way there.</summary>
    /// <param name="targets">Whether a method is one of those; the way ends with it.</param>
    internal static Dictionary<string, string?> WaysTo(Func<string, bool> targets)
    {
        Dictionary<string, string?> next = Library
            .Value.Calls.Keys.Where(targets)
            .ToDictionary(name => name, _ => (string?)null);
        Queue<string> reached = new(next.Keys.Order(StringComparer.Ordinal));
        while (reached.TryDequeue(out string? method))
        {
            foreach (string caller in Callers.Value[method])
            {
                if (next.TryAdd(caller, method))
                {
                    reached.Enqueue(caller);
                }
            }
        }

        return next;
    }

    // The method, and those of the modules that it makes or belongs to.
    private static string[] RunWith(string method)
    {
        if (RunBy.TryGetValue(method, out string[]? known))
        {
            return known;
        }

        HashSet<string> reached = [method];
        Queue<string> next = new([method]);
        while (next.TryDequeue(out string? current))
        {
            foreach (string called in Library.Value.Calls.GetValueOrDefault(current, []))
            {
                if (reached.Add(called))
                {
                    next.Enqueue(called);
                }
            }
        }

        return RunBy[method] = [
            .. reached
                .Where(name => IsOfModule(name) && IsConstructor(name))
                .Append(method)
                .Select(CompiledCode.TypeOf)
                .Distinct()
                .SelectMany(type => MethodsByModule.Value[type])
                .Append(method)
                .Distinct(),
        ];
    }

    private static bool IsOfModule(string method) => method.StartsWith("TorchSharp.Modules.", StringComparison.Ordinal);

    private static bool IsConstructor(string method) => method.Contains("::.ctor(", StringComparison.Ordinal);

    private static string InOutput(string assembly) => Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll");
}
