using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace CircuitPipeline.TorchTests.SafeCalls;

/// <summary>Which methods the methods of a compiled assembly call; read from its file, not loaded.</summary>
/// <remarks>A method is named as <c>Namespace.Type::Method(parameters)</c>, in its own assembly as in those that call it.</remarks>
internal sealed class CompiledCode
{
    private static readonly Dictionary<ushort, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => unchecked((ushort)code.Value));

    private readonly MetadataReader _reader;
    private readonly TypeNames _names;

    private CompiledCode(PEReader file)
    {
        _reader = file.GetMetadataReader();
        _names = new TypeNames();
        foreach (MethodDefinitionHandle handle in _reader.MethodDefinitions)
        {
            MethodDefinition method = _reader.GetMethodDefinition(handle);
            string name = NameOf(handle);
            if (method.Attributes.HasFlag(MethodAttributes.PinvokeImpl))
            {
                Imports.Add(name, _reader.GetString(method.GetImport().Name));
            }
            // Overloads that differ in a modifier only share a name; what either calls counts for both.
            Calls[name] = Calls.GetValueOrDefault(name, []).Union(Called(file, method));
        }
    }

    /// <summary>By method, the methods that it calls, of this assembly and of others.</summary>
    internal Dictionary<string, ImmutableHashSet<string>> Calls { get; } = [];

    /// <summary>By method, the name of the native function that it stands for.</summary>
    internal Dictionary<string, string> Imports { get; } = [];

    internal static CompiledCode Of(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        return new CompiledCode(file);
    }

    /// <summary>The type of a method's name.</summary>
    internal static string TypeOf(string method) => method[..method.IndexOf("::", StringComparison.Ordinal)];

    private ImmutableHashSet<string> Called(PEReader file, MethodDefinition method)
    {
        if (method.RelativeVirtualAddress == 0)
        {
            return [];
        }

        BlobReader il = file.GetMethodBody(method.RelativeVirtualAddress).GetILReader();
        ImmutableHashSet<string>.Builder called = ImmutableHashSet.CreateBuilder<string>();
        while (il.RemainingBytes > 0)
        {
            ushort value = il.ReadByte();
            if (value == 0xfe)
            {
                value = (ushort)(0xfe00 | il.ReadByte());
            }

            OpCode code = OpCodesByValue[value];
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineTok)
            {
                if (NameOf(MetadataTokens.EntityHandle(il.ReadInt32())) is { Length: > 0 } name)
                {
                    called.Add(name);
                }

                continue;
            }
            int operand = code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 * il.ReadInt32(),
                _ => 4,
            };
            il.Offset += operand;
        }

        return called.ToImmutable();
    }

    // Empty for what is no method.
    private string NameOf(EntityHandle handle) =>
        handle.Kind switch
        {
            HandleKind.MethodDefinition => Of(_reader.GetMethodDefinition((MethodDefinitionHandle)handle)),
            HandleKind.MethodSpecification => NameOf(
                _reader.GetMethodSpecification((MethodSpecificationHandle)handle).Method
            ),
            HandleKind.MemberReference => Of(_reader.GetMemberReference((MemberReferenceHandle)handle)),
            _ => "",
        };

    private string Of(MethodDefinition method) =>
        Named(
            _names.GetTypeFromDefinition(_reader, method.GetDeclaringType(), 0),
            method.Name,
            method.DecodeSignature(_names, null)
        );

    private string Of(MemberReference member)
    {
        if (member.GetKind() != MemberReferenceKind.Method)
        {
            return "";
        }

        string type = member.Parent.Kind switch
        {
            HandleKind.TypeReference => _names.GetTypeFromReference(_reader, (TypeReferenceHandle)member.Parent, 0),
            HandleKind.TypeDefinition => _names.GetTypeFromDefinition(_reader, (TypeDefinitionHandle)member.Parent, 0),
            HandleKind.TypeSpecification => TypeNames.WithoutArguments(
                _reader.GetTypeSpecification((TypeSpecificationHandle)member.Parent).DecodeSignature(_names, null)
            ),
            _ => "",
        };
        return type.Length == 0 ? "" : Named(type, member.Name, member.DecodeMethodSignature(_names, null));
    }

    private string Named(string type, StringHandle name, MethodSignature<string> signature) =>
        $"{type}::{_reader.GetString(name)}({string.Join(", ", signature.ParameterTypes)})";
}
