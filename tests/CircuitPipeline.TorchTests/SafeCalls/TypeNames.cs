using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace CircuitPipeline.TorchTests.SafeCalls;

/// <summary>Types in signatures as text, the same in the assembly that has them and in those that refer to it.</summary>
internal sealed class TypeNames : ISignatureTypeProvider<string, object?>
{
    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        string name = reader.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer ? $"{GetTypeFromDefinition(reader, outer, 0)}.{name}"
            : reader.GetString(type.Namespace) is { Length: > 0 } space ? $"{space}.{name}"
            : name;
    }

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        TypeReference type = reader.GetTypeReference(handle);
        string name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
                ? $"{GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, 0)}.{name}"
            : reader.GetString(type.Namespace) is { Length: > 0 } space ? $"{space}.{name}"
            : name;
    }

    public string GetTypeFromSpecification(
        MetadataReader reader,
        object? genericContext,
        TypeSpecificationHandle handle,
        byte rawTypeKind
    ) => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        $"{genericType}<{string.Join(", ", typeArguments)}>";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => $"{typeCode}";

    public string GetArrayType(string elementType, ArrayShape shape) =>
        $"{elementType}[{new string(',', shape.Rank - 1)}]";

    public string GetSZArrayType(string elementType) => $"{elementType}[]";

    public string GetByReferenceType(string elementType) => $"{elementType}&";

    public string GetPointerType(string elementType) => $"{elementType}*";

    public string GetPinnedType(string elementType) => elementType;

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetFunctionPointerType(MethodSignature<string> signature) => "function";

    public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

    /// <summary>The generic type of an instance such as <c>A.B`1&lt;C&gt;</c>.</summary>
    internal static string WithoutArguments(string type) =>
        // A compiler's own names begin with the same sign: arguments stand behind the number of them.
        type.IndexOf('<', type.IndexOf('`') is >= 0 and int number ? number : type.Length)
            is >= 0
                and int arguments
            ? type[..arguments]
            : type;
}
