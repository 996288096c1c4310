using System.Reflection;
using System.Runtime.CompilerServices;
using YamlDotNet.Serialization.NamingConventions;

namespace CircuitPipeline.Study.Spec;

/// <summary>A property of a spec record as a YAML key.</summary>
/// <param name="Name">The key: the property's name in lower case with underscores.</param>
/// <param name="Property">The property.</param>
/// <param name="IsRequired">Whether the YAML must say it.</param>
internal sealed record SpecKey(string Name, PropertyInfo Property, bool IsRequired)
{
    /// <summary>The keys of a record, in the order of its properties.</summary>
    public static SpecKey[] Of(Type record) =>
        [
            .. record
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.SetMethod is not null && property.GetIndexParameters().Length == 0)
                .Select(property => new SpecKey(
                    NameOf(property.Name),
                    property,
                    property.IsDefined(typeof(RequiredMemberAttribute))
                )),
        ];

    /// <summary>Writes a C# name as the field's YAML does: <c>NLayers</c> is <c>n_layers</c>.</summary>
    public static string NameOf(string name) => UnderscoredNamingConvention.Instance.Apply(name);
}
