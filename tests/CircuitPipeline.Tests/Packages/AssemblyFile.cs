using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace CircuitPipeline.Tests.Packages;

/// <summary>A compiled assembly, read without loading it.</summary>
internal static class AssemblyFile
{
    /// <summary>The names of the attributes that the assembly has, with the first text of each.</summary>
    internal static string[] Attributes(byte[] assembly)
    {
        using PEReader file = new([.. assembly]);
        MetadataReader reader = file.GetMetadataReader();
        return
        [
            .. reader
                .GetAssemblyDefinition()
                .GetCustomAttributes()
                .Select(reader.GetCustomAttribute)
                .Select(attribute => $"{Name(reader, attribute)} {FirstText(reader, attribute)}".TrimEnd()),
        ];
    }

    /// <summary>Whether one of its names, attributes or texts has this in it; the path of its symbols is not among them.</summary>
    internal static bool Says(byte[] assembly, string text)
    {
        using PEReader file = new([.. assembly]);
        ImmutableArray<byte> metadata = file.GetMetadata().GetContent();
        return metadata.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0
            || metadata.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;
    }

    /// <summary>Whether the same sources give the same bytes.</summary>
    internal static bool IsDeterministic(byte[] assembly)
    {
        using PEReader file = new([.. assembly]);
        return file.ReadDebugDirectory().Any(entry => entry.Type == DebugDirectoryEntryType.Reproducible);
    }

    private static string Name(MetadataReader reader, CustomAttribute attribute)
    {
        EntityHandle type =
            attribute.Constructor.Kind == HandleKind.MemberReference
                ? reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent
                : reader.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType();
        return reader.GetString(
            type.Kind == HandleKind.TypeReference
                ? reader.GetTypeReference((TypeReferenceHandle)type).Name
                : reader.GetTypeDefinition((TypeDefinitionHandle)type).Name
        );
    }

    // Only attributes of metadata begin with a text for certain.
    private static string FirstText(MetadataReader reader, CustomAttribute attribute)
    {
        if (Name(reader, attribute) != "AssemblyMetadataAttribute")
        {
            return "";
        }

        BlobReader value = reader.GetBlobReader(attribute.Value);
        value.ReadUInt16();
        return value.ReadSerializedString() ?? "";
    }
}
