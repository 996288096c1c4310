using System.Reflection;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Prompts;

namespace CircuitPipeline.Study.Spec;

/// <summary>Fills spec records from the YAML tree and notes every problem on the way, not only the first.</summary>
internal sealed class SpecBinder(SpecProblems problems)
{
    /// <summary>The value of a type at a path, or null when there were problems with it.</summary>
    public object? Bind(SpecNode node, Type type, string path, SpecLimits limits)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (SpecScalars.IsScalar(type))
            return BindScalar(node, type, path, limits);
        return type.IsArray ? BindList(node, type, path, limits) : BindRecord(node, type, path);
    }

    private object? BindScalar(SpecNode node, Type type, string path, SpecLimits limits)
    {
        object? value = node is ScalarNode scalar ? SpecScalars.Parse(type, scalar) : null;
        if (value is not null && limits.Allows(value))
            return value;
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
        var values = Array.CreateInstance(type.GetElementType()!, list.Items.Length);
        int before = problems.Count;
        for (int i = 0; i < values.Length; i++)
            if (Bind(list.Items[i], type.GetElementType()!, $"{path}[{i}]", limits) is { } value)
                values.SetValue(value, i);
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
        int before = problems.Count;
        SpecKey[] keys = SpecKey.Of(type);
        object record = Activator.CreateInstance(type, nonPublic: true)!;
        foreach (KeyedNode entry in mapping.Entries)
            if (keys.FirstOrDefault(key => key.Name == entry.Key.Text) is { } key)
                BindProperty(record, key, entry.Value, path);
            else
                problems.Add(
                    entry.Key,
                    Diagnostics.UnknownKey,
                    $"unknown key {MessageText.Quoted(entry.Key.Text)} in {Name(path)}. {Spelling.Advice(entry.Key.Text, keys.Select(known => known.Name))}"
                );
        foreach (
            SpecKey key in keys.Where(key => key.IsRequired && mapping.Entries.All(entry => entry.Key.Text != key.Name))
        )
            problems.Add(
                node,
                Diagnostics.MissingKey,
                $"'{key.Name}' is missing in {Name(path)}; it must be {new SpecLimits(key.Property).Describe(key.Property.PropertyType)}."
            );
        if (problems.Count != before)
            return null;
        AddProblems(record, mapping, path);
        return problems.Count == before ? record : null;
    }

    private void BindProperty(object record, SpecKey key, SpecNode node, string path)
    {
        PropertyInfo property = key.Property;
        string inner = path.Length == 0 ? key.Name : $"{path}.{key.Name}";
        if (Bind(node, property.PropertyType, inner, new SpecLimits(property)) is { } value)
            property.SetValue(record, value);
    }

    private void AddProblems(object record, MappingNode mapping, string path)
    {
        foreach (SpecProblem problem in SpecProblemsOf(record))
            problems.Add(
                mapping.At(problem.Key.Split('.')),
                Diagnostics.OutOfRange,
                $"'{(path.Length == 0 ? "" : path + ".")}{problem.Key}' {problem.Message}"
            );
    }

    private static IEnumerable<SpecProblem> SpecProblemsOf(object record) =>
        record switch
        {
            ICheckedSpec spec => spec.Problems(),
            CorpusSpec corpus => corpus.Problems(),
            _ => [],
        };

    private static string Name(string path) => path.Length == 0 ? "the experiment" : $"'{path}'";

    private static string Keys(Type type) => string.Join(", ", SpecKey.Of(type).Select(key => key.Name));
}
