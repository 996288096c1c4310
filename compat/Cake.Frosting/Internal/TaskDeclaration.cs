using System.Reflection;
using Cake.Core;

namespace Cake.Frosting.Internal;

/// <summary>What a task's class says about it: name, attributes, and which methods it overrides.</summary>
internal sealed class TaskDeclaration(IFrostingTask task)
{
    private readonly Type _type = task.GetType();
    private readonly Type _frostingBase = FrostingBase(task.GetType());

    public string Name => NameOf(_type);

    public Type ContextType => _frostingBase.GenericTypeArguments[0];

    public bool Accepts(IFrostingContext context) => ContextType.IsInstanceOfType(context);

    /// <summary>Only what is overridden is told to the engine: an error handler, even an empty one, would swallow the error.</summary>
    public void Declare(CakeTaskBuilder builder, IFrostingContext context)
    {
        if (_type.GetCustomAttribute<TaskDescriptionAttribute>() is { } description)
        {
            builder.Description(description.Description);
        }

        if (Overrides(nameof(FrostingTask.Run)) || Overrides(nameof(AsyncFrostingTask.RunAsync)))
        {
            builder.Does(task.RunAsync);
        }

        if (Overrides(nameof(FrostingTask.ShouldRun)))
        {
            builder.WithCriteria(task.ShouldRun, task.SkippedMessage);
        }

        if (_type.IsDefined(typeof(ContinueOnErrorAttribute)))
        {
            builder.ContinueOnError();
        }

        if (Overrides(nameof(FrostingTask.OnError)))
        {
            builder.OnError(exception => task.OnError(exception, context));
        }

        if (Overrides(nameof(FrostingTask.Finally)))
        {
            builder.Finally(() => task.Finally(context));
        }

        DeclareArrows(builder);
    }

    private void DeclareArrows(CakeTaskBuilder builder)
    {
        foreach (IsDependentOnAttribute arrow in _type.GetCustomAttributes<IsDependentOnAttribute>())
        {
            builder.IsDependentOn(NameOfTask(arrow.Task, "dependency"));
        }

        foreach (IsDependeeOfAttribute arrow in _type.GetCustomAttributes<IsDependeeOfAttribute>())
        {
            builder.IsDependeeOf(NameOfTask(arrow.Task, "reverse dependency"));
        }
    }

    private bool Overrides(string method) =>
        _type
            .GetMethods()
            .Any(candidate =>
                candidate.Name == method
                && candidate.DeclaringType != _frostingBase
                && candidate.GetBaseDefinition().DeclaringType == _frostingBase
            );

    private static string NameOf(Type type) => type.GetCustomAttribute<TaskNameAttribute>()?.Name ?? type.Name;

    private static string NameOfTask(Type type, string arrow) =>
        type.IsAssignableTo(typeof(IFrostingTask))
            ? NameOf(type)
            : throw new FrostingException($"The {arrow} '{NameOf(type)}' is not a valid task.");

    private static Type FrostingBase(Type type)
    {
        for (Type? level = type; level is not null; level = level.BaseType)
        {
            if (
                level.IsConstructedGenericType
                && level.GetGenericTypeDefinition() is { } definition
                && (definition == typeof(FrostingTask<>) || definition == typeof(AsyncFrostingTask<>))
            )
            {
                return level;
            }
        }

        throw new InvalidOperationException(
            $"The task '{NameOf(type)}' must derive from {nameof(FrostingTask)} or {nameof(AsyncFrostingTask)}."
        );
    }
}
