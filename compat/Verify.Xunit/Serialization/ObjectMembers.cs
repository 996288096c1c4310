using System.Reflection;

namespace VerifyTests.Serialization;

/// <summary>An object's public fields and properties that are written, in the order of their declaration.</summary>
/// <remarks>
/// Left out are members that are obsolete, null, or the default of their type; a bool is always written. A property that throws
/// NotImplementedException or NotSupportedException counts as default.
/// </remarks>
internal static class ObjectMembers
{
    public static IEnumerable<(string Name, object Value)> Of(object target)
    {
        Type type = target.GetType();
        foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            if (IsWritten(field, field.FieldType, field.GetValue(target)))
            {
                yield return (field.Name, field.GetValue(target)!);
            }
        }

        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            {
                object? value = Value(property, target);
                if (IsWritten(property, property.PropertyType, value))
                {
                    yield return (property.Name, value!);
                }
            }
        }
    }

    private static object? Value(PropertyInfo property, object target)
    {
        try
        {
            return property.GetValue(target);
        }
        catch (TargetInvocationException exception)
            when (exception.InnerException is NotImplementedException or NotSupportedException)
        {
            return null;
        }
    }

    private static bool IsWritten(MemberInfo member, Type declared, object? value) =>
        value is not null
        && !member.IsDefined(typeof(ObsoleteAttribute))
        && (declared == typeof(bool) || !declared.IsValueType || !value.Equals(Default(declared)));

    // The default of a nullable type is null.
    private static object? Default(Type type) =>
        Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null;
}
