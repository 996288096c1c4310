using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Prompts.Corpora;
using YamlDotNet.Serialization.NamingConventions;

namespace CircuitPipeline.Study.Spec;

/// <summary>Fills spec records from the YAML tree and notes every problem on the way, not only the first.</summary>
internal sealed class SpecBinder(SpecProblems problems)
{
    /// <summary>The value of a type at a path, or null when there were problems with it.</summary>
    public object? Bind(SpecNode node, Type type, string path, SpecLimits limits)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (SpecScalars.IsScalar(type))
        {
            return BindScalar(node, type, path, limits);
        }

        return type.IsArray ? BindList(node, type, path, limits) : BindRecord(node, type, path);
    }

    private object? BindScalar(SpecNode node, Type type, string path, SpecLimits limits)
    {
        object? value = node is ScalarNode scalar ? SpecScalars.Parse(type, scalar) : null;
        if (value is not null && limits.Allows(value))
        {
            return value;
        }

        string[]? names = type.IsEnum ? SpecEnum.NamesOf(type) : limits.Names;
        string advice = Spelling.Nearest((node as ScalarNode)?.Text ?? "", names ?? []) is { } near
            ? $" Did you mean '{near}'?"
            : "";
        string code = value is null && names is null ? Diagnostics.IllTypedValue : Diagnostics.OutOfRange;
        problems.Add(node, code, $"'{path}' is {node.Kind}, but must be {limits.Describe(type)}.{advice}");
        return null;
    }

    private Array? BindList(SpecNode node, Type type, string path, SpecLimits limits)
    {
        if (node is not SequenceNode list || !limits.AllowsLength(list.Items.Length))
        {
            string found = node is SequenceNode other ? $"a list of {other.Items.Length}" : node.Kind;
            string code = node is SequenceNode ? Diagnostics.OutOfRange : Diagnostics.IllTypedValue;
            problems.Add(node, code, $"'{path}' is {found}, but must be {limits.Describe(type)}.");
            return null;
        }
        Array values = Array.CreateInstance(type.GetElementType()!, list.Items.Length);
        int before = problems.Count;
        for (int i = 0; i < values.Length; i++)
        {
            if (Bind(list.Items[i], type.GetElementType()!, $"{path}[{i}]", limits) is { } value)
            {
                values.SetValue(value, i);
            }
        }

        return problems.Count == before ? values : null;
    }

    private object? BindRecord(SpecNode node, Type type, string path)
    {
        if (node is not MappingNode mapping)
        {
            problems.Add(
                node,
                Diagnostics.IllTypedValue,
                $"{Name(path)} is {node.Kind}, but must be a group of keys: {Keys(type)}."
            );
            return null;
        }
        string[] known =
        [
            .. SpecForms.Of(type).SelectMany(SpecKey.Of).Select(key => key.Name),
            .. type == typeof(ExperimentSpec) ? (string[])[SpecLayers.Key, SpecMatrix.Key] : [],
        ];
        type = SpecForms.Chosen(type, mapping);
        int before = problems.Count;
        SpecKey[] keys = SpecKey.Of(type);
        object record = Activator.CreateInstance(type, nonPublic: true)!;
        foreach (KeyedNode entry in mapping.Entries)
        {
            if (keys.FirstOrDefault(key => key.Name == entry.Key.Text) is { } key)
            {
                BindProperty(record, key, entry.Value, path);
            }
            else
            {
                problems.Add(
                    entry.Key,
                    Diagnostics.UnknownKey,
                    $"unknown key {MessageText.Quoted(entry.Key.Text)} in {Name(path)}. {Spelling.Advice(entry.Key.Text, known)}"
                );
            }
        }

        foreach (SpecKey key in keys.Where(key => key.IsRefusedIn(mapping)))
        {
            problems.Add(
                mapping.At(key.Name),
                Diagnostics.UnknownKey,
                $"'{key.Name}' is given beside '{key.InsteadOf}', but only one of the two has a meaning; leave one out."
            );
        }

        foreach (SpecKey key in keys.Where(key => key.IsMissingIn(mapping)))
        {
            problems.Add(
                node,
                Diagnostics.MissingKey,
                $"'{key.Name}' is missing in {Name(path)}; it must be {new SpecLimits(key.Property).Describe(key.Property.PropertyType)}."
            );
        }

        if (problems.Count != before)
        {
            return null;
        }

        AddProblems(record, mapping, path);
        return problems.Count == before ? record : null;
    }

    private void BindProperty(object record, SpecKey key, SpecNode node, string path)
    {
        PropertyInfo property = key.Property;
        string inner = path.Length == 0 ? key.Name : $"{path}.{key.Name}";
        if (Bind(node, property.PropertyType, inner, new SpecLimits(property)) is { } value)
        {
            property.SetValue(record, value);
        }
    }

    private void AddProblems(object record, MappingNode mapping, string path)
    {
        foreach (SpecProblem problem in SpecProblemsOf(record))
        {
            problems.Add(
                mapping.At(problem.Key),
                Diagnostics.OutOfRange,
                $"'{(path.Length == 0 ? "" : path + ".")}{problem.Key}' {problem.Message}"
            );
        }
    }

    private static IEnumerable<SpecProblem> SpecProblemsOf(object record) =>
        record switch
        {
            ICheckedSpec spec => spec.Problems(),
            CorpusSpec corpus => corpus.Problems(),
            CorpusTask task => task.Problems(),
            _ => [],
        };

    private static string Name(string path) => path.Length == 0 ? "the experiment" : $"'{path}'";

    private static string Keys(Type type) =>
        string.Join(
            "; or ",
            SpecForms.Of(type).Select(form => string.Join(", ", SpecKey.Of(form).Select(key => key.Name)))
        );
}

/// <summary>A part of a spec whose values must go together.</summary>
internal interface ICheckedSpec
{
    /// <summary>What does not go together, each at the key to change; empty when all is well.</summary>
    IEnumerable<SpecProblem> Problems();
}

/// <summary>Enum members as YAML values: lower-case words with hyphens.</summary>
internal static class SpecEnum
{
    public static string[] NamesOf(Type type) => [.. Enum.GetNames(type).Select(NameOf)];

    public static string NameOf(object member) => SpecKey.NameOf(member.ToString()!).Replace('_', '-');

    public static object? Parse(Type type, string text) =>
        Enum.GetNames(type).FirstOrDefault(name => NameOf(name) == text) is { } name ? Enum.Parse(type, name) : null;
}

/// <summary>A property of a spec record as a YAML key.</summary>
/// <param name="Name">The key: the property's name in lower case with underscores.</param>
/// <param name="Property">The property.</param>
/// <param name="IsRequired">Whether the YAML must say it.</param>
internal sealed record SpecKey(string Name, PropertyInfo Property, bool IsRequired)
{
    /// <summary>The path of the key that this one stands for; null where there is none such.</summary>
    public string? InsteadOf => Property.GetCustomAttribute<InsteadOfAttribute>()?.Path;

    /// <summary>Whether it may be given beside that one.</summary>
    public bool MayStandBeside => Property.GetCustomAttribute<InsteadOfAttribute>()?.MayStandBeside ?? true;

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

    /// <summary>Whether a group lacks the key though it must have it.</summary>
    public bool IsMissingIn(MappingNode mapping) =>
        !mapping.Has(Name) && (InsteadOf is { } other ? !mapping.Has(other) : IsRequired);

    /// <summary>Whether a group has the key though another stands in its place.</summary>
    public bool IsRefusedIn(MappingNode mapping) =>
        !MayStandBeside && InsteadOf is { } other && mapping.Has(Name) && mapping.Has(other);
}

/// <summary>Which values a property allows, as its attributes say.</summary>
internal sealed class SpecLimits(PropertyInfo? property)
{
    private readonly RangeAttribute? _range = property?.GetCustomAttribute<RangeAttribute>();
    private readonly LengthAttribute? _length = property?.GetCustomAttribute<LengthAttribute>();
    private readonly AllowedValuesAttribute? _values = property?.GetCustomAttribute<AllowedValuesAttribute>();
    private readonly RegularExpressionAttribute? _pattern = property?.GetCustomAttribute<RegularExpressionAttribute>();

    /// <summary>The values allowed by name, if the property names them.</summary>
    public string[]? Names => _values?.Values.OfType<string>().ToArray();

    private string RangeText => _range is null ? "" : $" from {Text(_range.Minimum)} to {Text(_range.Maximum)}";

    private string LengthText =>
        _length is null ? "values"
        : _length.MinimumLength == _length.MaximumLength ? $"{_length.MinimumLength} values"
        : $"{_length.MinimumLength} to {_length.MaximumLength} values";

    /// <summary>Whether a single value is allowed.</summary>
    public bool Allows(object value) =>
        value switch
        {
            string text => Names?.Contains(text) != false && _pattern?.IsValid(text) != false,
            int or long or double when _range is not null => Number(value) >= Number(_range.Minimum)
                && Number(value) <= Number(_range.Maximum),
            _ => true,
        };

    /// <summary>Whether a list may be this long.</summary>
    public bool AllowsLength(int length) =>
        _length is null || (length >= _length.MinimumLength && length <= _length.MaximumLength);

    /// <summary>What is allowed, as the end of a sentence that begins "must be".</summary>
    public string Describe(Type type) =>
        type switch
        {
            _ when Nullable.GetUnderlyingType(type) is { } value => Describe(value),
            _ when type.IsArray => $"a list of {LengthText}, each {Describe(type.GetElementType()!)}",
            _ when type.IsEnum => $"one of {string.Join(", ", SpecEnum.NamesOf(type).Order(StringComparer.Ordinal))}",
            _ when type == typeof(int) || type == typeof(long) => $"a whole number{RangeText}",
            _ when type == typeof(double) => $"a number{RangeText}",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(string) && Names is { } names => $"one of {string.Join(", ", names)}",
            _ when type == typeof(string) => _pattern?.ErrorMessage ?? "text",
            _ => "a group of keys",
        };

    private static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
