using System.Collections;
using System.Collections.Specialized;
using System.ComponentModel;
using System.Dynamic;
using System.Reflection;
using System.Runtime.Serialization;

namespace VerifyTests.Serialization;

/// <summary>Values for which the original has rules of its own that this stand-in does not have.</summary>
internal static class Refusals
{
    private static readonly Type[] MemberRules =
    [
        typeof(DefaultValueAttribute),
        typeof(IgnoreDataMemberAttribute),
        typeof(NonSerializedAttribute),
    ];

    public static NotSupportedException Of(Type type) =>
        new(
            $"A value of type '{type}' is not written by this stand-in, because the original has rules of its own for it; pass its text, or an object of your own."
        );

    /// <summary>Throws for what has members or items and is written by other rules than those of its members or items.</summary>
    public static void Check(object value)
    {
        Type type = value.GetType();
        if (
            value
                is Type
                    or Delegate
                    or Exception
                    or Stream
                    or Task
                    or IConvertible
                    or IDynamicMetaObjectProvider
                    or NameObjectCollectionBase
                    or Hashtable { Count: > 1 }
            || (IsOfBaseLibrary(type) && !IsCollection(value) && !IsTuple(type))
            || Collections.IsGenericDictionaryOnly(value)
            || HasRules(type)
        )
        {
            throw Of(type);
        }
    }

    /// <summary>Throws for a key whose text is not that of its type.</summary>
    public static void CheckKey(object key)
    {
        Type type = key.GetType();
        if (
            (IsOfBaseLibrary(type) && !IsTuple(type) && key is not (Version or Uri))
            || type.IsDefined(typeof(TypeConverterAttribute))
        )
        {
            throw Of(type);
        }
    }

    /// <summary>Throws for a member that is left out, or named, by an attribute.</summary>
    public static void Check(MemberInfo member)
    {
        if (MemberRules.FirstOrDefault(rule => member.IsDefined(rule)) is { } rule)
        {
            throw new NotSupportedException(
                $"The member '{member.DeclaringType?.Name}.{member.Name}' is not written by this stand-in, because of its {rule.Name}; pass an object without it."
            );
        }
    }

    private static bool HasRules(Type type)
    {
        for (Type? current = type; current is not null; current = current.BaseType)
        {
            if (current.IsDefined(typeof(DataContractAttribute), inherit: false))
            {
                return true;
            }
        }

        return !IsOfBaseLibrary(type) && type.IsDefined(typeof(TypeConverterAttribute));
    }

    private static bool IsCollection(object value) =>
        value is IEnumerable
        && (
            value is Array
            || value.GetType().Namespace is "System.Linq"
            || value.GetType().Namespace!.StartsWith("System.Collections", StringComparison.Ordinal)
            || value.GetType().Name == "ArraySegment`1"
        )
        && value is not StringDictionary;

    private static bool IsTuple(Type type) => type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal);

    private static bool IsOfBaseLibrary(Type type) =>
        type.Namespace is { } name && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal));
}
