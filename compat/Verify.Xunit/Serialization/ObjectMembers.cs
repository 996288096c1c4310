using System.Reflection;

namespace VerifyTests.Serialization;

/// <summary>An object's public fields and properties that are written, in the order of their declaration.</summary>
/// <remarks>
/// Left out are members that are obsolete, null, an empty collection, or the default of their type; a bool and a char are always
/// written. A property that throws NotImplementedException or NotSupportedException has its type's default; an empty collection that
/// is declared as a value type is written as null.
/// </remarks>
internal static class ObjectMembers
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;

    public static IEnumerable<(string Name, object? Value)> Of(object target)
    {
        Type type = target.GetType();
        FieldInfo[] fields = type.GetFields(Public);
        PropertyInfo[] properties =
        [
            .. type.GetProperties(Public)
                .Where(property =>
                    property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0
                )
                // What hides a member of its base comes before it.
                .DistinctBy(property => property.Name),
        ];
        if (fields.Length + properties.Length > fields.Concat<MemberInfo>(properties).DistinctBy(m => m.Name).Count())
        {
            throw Refusals.Of(type);
        }

        return
        [
            .. fields.SelectMany(field => Written(field, field.FieldType, () => field.GetValue(target))),
            .. properties.SelectMany(property =>
                Written(property, property.PropertyType, () => property.GetValue(target))
            ),
        ];
    }

    private static IEnumerable<(string Name, object? Value)> Written(
        MemberInfo member,
        Type declared,
        Func<object?> get
    )
    {
        if (Attribute.IsDefined(member, typeof(ObsoleteAttribute), inherit: true) || declared.IsByRefLike)
        {
            yield break;
        }

        Refusals.Check(member);
        object? value = Value(declared, get);
        object? notSaid = Default(declared);
        if (declared == typeof(bool) || declared == typeof(char) || !Equals(value, notSaid))
        {
            yield return (member.Name, value);
        }
    }

    private static object? Value(Type declared, Func<object?> get)
    {
        try
        {
            object? value = get();
            return Collections.IsEmpty(value) ? null : value;
        }
        catch (TargetInvocationException exception)
            when (exception.InnerException is NotImplementedException or NotSupportedException)
        {
            return Default(declared);
        }
    }

    // The default of a nullable type is null.
    private static object? Default(Type type) =>
        type.IsValueType && Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null;
}
