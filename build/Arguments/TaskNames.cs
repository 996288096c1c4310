using System.Reflection;
using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

/// <summary>The names by which <c>--target</c> knows the tasks.</summary>
public static class TaskNames
{
    public static string[] Of(Assembly assembly) =>
        [.. assembly.GetExportedTypes().Where(IsTask).Select(Of).Order(StringComparer.Ordinal)];

    public static string Of(Type task) => task.GetCustomAttribute<TaskNameAttribute>()?.Name ?? task.Name;

    private static bool IsTask(Type type) => !type.IsAbstract && type.IsAssignableTo(typeof(IFrostingTask));
}
