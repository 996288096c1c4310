using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace CircuitPipeline.Tests.ArchitectureRules;

/// <summary>The public and protected members of an assembly as lines like those of C#, sorted; what the compiler adds to records is left out.</summary>
internal static class PublicApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly) => Of([.. assembly.GetExportedTypes()]);

    public static string Of(params Type[] types)
    {
        StringBuilder text = new();
        foreach (
            IGrouping<string?, Type> group in types
                .Where(type => !IsGenerated(type))
                .GroupBy(type => type.Namespace)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
        )
        {
            text.Append(CultureInfo.InvariantCulture, $"namespace {group.Key}\n\n");
            foreach (Type type in group.OrderBy(type => type.FullName, StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $"public {Header(type)}\n");
                string[] members = [.. Members(type)];
                text.Append(string.Concat(members.Select(member => $"  {member}\n"))).Append('\n');
            }
        }

        return text.Length == 0 ? "" : text.ToString(0, text.Length - 1);
    }

    private static string Header(Type type)
    {
        bool isRecord = type.GetMethod("PrintMembers", Declared) is not null;
        string kind =
            type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : type.IsValueType ? (IsReadOnly(type) ? "readonly " : "") + (isRecord ? "record struct" : "struct")
            : (
                type.IsAbstract && type.IsSealed ? "static "
                : type.IsAbstract ? "abstract "
                : type.IsSealed ? "sealed "
                : ""
            ) + (isRecord ? "record" : "class");
        string[] bases =
        [
            .. new[] { type.BaseType }
                .OfType<Type>()
                .Where(parent => parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum))
                .Select(parent => TypeNames.Of(parent)),
            .. type.GetInterfaces()
                .Where(contract => !type.IsEnum && contract.Name != "IEquatable`1")
                .Where(contract => type.BaseType?.GetInterfaces().Contains(contract) != true)
                .Select(contract => TypeNames.Of(contract))
                .Order(StringComparer.Ordinal),
        ];
        return $"{kind} {TypeNames.Of(type)}{(bases.Length == 0 ? "" : $" : {string.Join(", ", bases)}")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type)
                .Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}");
        }

        IEnumerable<string> constructors = type.GetConstructors(Declared)
            .Where(made => IsVisible(made) && !IsGenerated(made))
            .Select(made => $"{Access(made)}{type.Name.Split('`')[0]}({Parameters(made)})");
        IEnumerable<string> others = type.GetProperties(Declared)
            .Select(Property)
            .Concat(type.GetFields(Declared).Select(Field))
            .Concat(type.GetEvents(Declared).Select(Event))
            .Concat(type.GetMethods(Declared).Select(Method))
            .OfType<string>();
        return [.. constructors.Order(StringComparer.Ordinal), .. others.Order(StringComparer.Ordinal)];
    }

    private static string? Property(PropertyInfo property)
    {
        MethodInfo[] accessors = [.. property.GetAccessors(nonPublic: true).Where(IsVisible)];
        if (accessors.Length == 0 || IsGenerated(property) || property.Name == "EqualityContract")
        {
            return null;
        }

        NullabilityInfo nullability = new NullabilityInfoContext().Create(property);
        string name = property.GetIndexParameters() is { Length: > 0 } index
            ? $"this[{string.Join(", ", index.Select(Parameter))}]"
            : property.Name;
        string text = string.Concat(accessors.OrderBy(accessor => accessor.Name).Select(Accessor));
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{Access(accessors[0])}{required}{TypeNames.Of(property.PropertyType, nullability)} {name} {{ {text}}}";

        string Accessor(MethodInfo accessor) =>
            accessor == property.GetMethod ? "get; "
            : accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; "
            : "set; ";
    }

    private static string? Field(FieldInfo field)
    {
        if (!(field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) || IsGenerated(field))
        {
            return null;
        }

        NullabilityInfo nullability = new NullabilityInfoContext().Create(field);
        string modifiers = field.IsLiteral
            ? "const "
            : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        string value = field.IsLiteral ? $" = {Value(field.GetRawConstantValue())}" : "";
        return $"{modifiers}{TypeNames.Of(field.FieldType, nullability)} {field.Name}{value}";
    }

    private static string? Event(EventInfo happening) =>
        happening.AddMethod is { } add && IsVisible(add)
            ? $"{Access(add)}event {TypeNames.Of(happening.EventHandlerType!)} {happening.Name}"
            : null;

    private static string? Method(MethodInfo method)
    {
        bool isOperator = method.Name.StartsWith("op_", StringComparison.Ordinal);
        if (!IsVisible(method) || IsGenerated(method) || (method.IsSpecialName && !isOperator))
        {
            return null;
        }

        string returned = TypeNames.Of(method.ReturnType, new NullabilityInfoContext().Create(method.ReturnParameter));
        string generic = method.IsGenericMethod
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>"
            : "";
        string extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return $"{Access(method)}{returned} {method.Name}{generic}({extension}{Parameters(method)})";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        bool takesMany =
            parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute));
        string way =
            takesMany ? "params "
            : !parameter.ParameterType.IsByRef ? ""
            : parameter.IsOut ? "out "
            : parameter.IsIn ? "in "
            : "ref ";
        string type = TypeNames.Of(parameter.ParameterType, new NullabilityInfoContext().Create(parameter));
        return $"{way}{type} {parameter.Name}{Default(parameter)}";
    }

    private static string Default(ParameterInfo parameter)
    {
        bool isStruct =
            parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null;
        return !parameter.HasDefaultValue ? ""
            : parameter.DefaultValue is null && isStruct ? " = default"
            : $" = {Value(parameter.DefaultValue)}";
    }

    private static string Value(object? value) =>
        value switch
        {
            null => "null",
            string text => $"\"{text}\"",
            bool flag => flag ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };

    private static string Access(MethodBase method)
    {
        bool isOverride = method is MethodInfo own && own.GetBaseDefinition() != own;
        return (method.IsPublic ? "" : "protected ")
            + (
                method.IsStatic ? "static "
                : method.DeclaringType!.IsInterface ? ""
                : isOverride ? "override "
                : method.IsAbstract ? "abstract "
                : method.IsVirtual && !method.IsFinal ? "virtual "
                : ""
            );
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsReadOnly(Type type) => type.IsDefined(typeof(IsReadOnlyAttribute));

    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute)) || member.Name.Contains('<');
}

/// <summary>Types as C# writes them.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    public static string Of(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, nullability);
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Of(value, nullability?.GenericTypeArguments.FirstOrDefault()) + "?";
        }

        bool isNullable = !type.IsValueType && nullability?.ReadState == NullabilityState.Nullable;
        return Plain(type, nullability) + (isNullable ? "?" : "");
    }

    private static string Plain(Type type, NullabilityInfo? nullability)
    {
        if (type.IsArray)
        {
            string rank = new(',', type.GetArrayRank() - 1);
            return $"{Of(type.GetElementType()!, nullability?.ElementType)}[{rank}]";
        }

        if (Keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        string outer = type.IsNested ? $"{Plain(type.DeclaringType!, null)}." : "";
        if (!type.IsGenericType)
        {
            return outer + type.Name;
        }

        string[] arguments =
        [
            .. type.GetGenericArguments()
                .Select((argument, i) => Of(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(i))),
        ];
        return type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true
            ? $"({string.Join(", ", arguments)})"
            : $"{outer}{type.Name.Split('`')[0]}<{string.Join(", ", arguments)}>";
    }
}
