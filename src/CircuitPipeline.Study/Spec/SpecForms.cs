using System.Reflection;

namespace CircuitPipeline.Study.Spec;

/// <summary>A group of keys that has several forms; the first required key of a form tells it from the others.</summary>
/// <param name="types">The records of the forms; the first is meant where no keys tell another.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SpecFormsAttribute(params Type[] types) : Attribute
{
    /// <summary>The records of the forms.</summary>
    public IReadOnlyList<Type> Types { get; } = types;
}

/// <summary>A key that must be given unless another one is, and must not be beside it.</summary>
/// <param name="path">The other's path in the same group, as <c>model.checkpoint</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class InsteadOfAttribute(string path) : Attribute
{
    /// <summary>The other key's path.</summary>
    public string Path { get; } = path;

    /// <summary>Whether both may be given.</summary>
    public bool MayStandBeside { get; init; }
}

/// <summary>Finds which form a group of keys has.</summary>
internal static class SpecForms
{
    /// <summary>The forms of a record; itself where it has but one.</summary>
    public static IReadOnlyList<Type> Of(Type record) =>
        record.GetCustomAttribute<SpecFormsAttribute>()?.Types ?? [record];

    /// <summary>
    /// The form that a group's keys are of: the one whose first required key is there; where that is misspelt, the one that has most of the keys.
    /// </summary>
    public static Type Chosen(Type record, MappingNode group)
    {
        IReadOnlyList<Type> forms = Of(record);
        return forms.Count == 1
            ? record
            : forms.Skip(1).FirstOrDefault(form => group.Has(SpecKey.Of(form).First(key => key.IsRequired).Name))
                ?? forms.MaxBy(form => SpecKey.Of(form).Count(key => group.Has(key.Name)))!;
    }
}
