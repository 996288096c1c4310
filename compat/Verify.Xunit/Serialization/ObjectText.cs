using System.Collections;
using System.Text;
using VerifyTests.Engine;
using VerifyTests.Scrubbing;

namespace VerifyTests.Serialization;

/// <summary>Writes an object as indented JSON without quotes.</summary>
/// <remarks>
/// Dictionaries are sorted by key; an object that contains itself is not written again; a text of several lines begins on a line of
/// its own and is not indented. Types of the base library other than those of <see cref="Values"/> and collections are refused.
/// </remarks>
internal sealed class ObjectText(Scrubbed scrubbed, Counter counter)
{
    private readonly StringBuilder _text = new();
    private readonly Stack<object> _around = new();

    public string Of(object? value)
    {
        Write(value, "");
        return _text.ToString();
    }

    // before: what separates the value from what stands before it.
    private void Write(object? value, string before)
    {
        if (value is string text)
        {
            WriteText(text, before);
        }
        else if (Values.Text(value, counter) is { } plain)
        {
            _text.Append(before).Append(plain);
        }
        else
        {
            _around.Push(value!);
            _text.Append(before);
            WriteMembers(value!);
            _around.Pop();
        }
    }

    private void WriteText(string text, string before)
    {
        string shown = text.Length == 0 ? "" : counter.Name(text) ?? scrubbed.Value(text);
        int start = _text.Length;
        if (!shown.Contains('\n'))
        {
            _text.Append(before).Append(shown);
            return;
        }

        _text.Append(before).Append(shown[0] == '\n' ? "" : "\n").Append(shown);
        // The original takes one character of what separates: a member's space, so that the line ends with its colon.
        if (before.Length > 0)
        {
            _text.Remove(start, 1);
        }
    }

    private void WriteMembers(object value)
    {
        switch (value)
        {
            case JsonMembers members:
                WriteObject(members.Select(member => (Key(member.Key), member.Value)));
                break;
            case IDictionary dictionary:
                WriteObject(Sorted(dictionary));
                break;
            case IEnumerable items:
                WriteItems(items.Cast<object?>());
                break;
            case Type or Delegate or Exception or Stream or Task:
            case not ValueType when IsOfBaseLibrary(value.GetType()):
            case ValueType when IsOfBaseLibrary(value.GetType()) && !value.GetType().Name.StartsWith("ValueTuple`"):
                throw Values.NotWritten(value.GetType());
            default:
                WriteObject(ObjectMembers.Of(value).Select(member => (member.Name, (object?)member.Value)));
                break;
        }
    }

    private void WriteObject(IEnumerable<(string Name, object? Value)> members) =>
        WriteAll('{', '}', members, member => member.Value, member => $"{member.Name}:", " ");

    private void WriteItems(IEnumerable<object?> items) => WriteAll('[', ']', items, item => item, _ => "", "");

    private void WriteAll<T>(
        char open,
        char close,
        IEnumerable<T> items,
        Func<T, object?> value,
        Func<T, string> name,
        string space
    )
    {
        _text.Append(open);
        string indent = "\n" + new string(' ', 2 * _around.Count);
        bool isFirst = true;
        foreach (T item in items.Where(item => !IsAround(value(item))))
        {
            string before = (isFirst ? "" : ",") + indent;
            isFirst = false;
            string shown = name(item);
            if (shown.Length > 0)
            {
                _text.Append(before).Append(shown);
            }

            Write(value(item), shown.Length > 0 ? space : before);
        }

        _text.Append(isFirst ? "" : indent[..^2]).Append(close);
    }

    private IEnumerable<(string Name, object? Value)> Sorted(IDictionary dictionary) =>
        dictionary
            .Keys.Cast<object>()
            .Select(key => (Key: key, Value: dictionary[key]))
            .OrderBy(entry => entry.Key, Comparer<object>.Create(CompareKeys))
            .Select(entry => (entry.Key is string key ? Key(key) : Values.Key(entry.Key, counter), entry.Value));

    private string Key(string key) => counter.Name(key) ?? scrubbed.Value(key);

    private static int CompareKeys(object first, object second) =>
        first is string text && second is string other
            ? string.CompareOrdinal(text, other)
            : Comparer<object>.Default.Compare(first, second);

    private bool IsAround(object? value) =>
        value is not null and not string and not ValueType && _around.Any(outer => ReferenceEquals(outer, value));

    private static bool IsOfBaseLibrary(Type type) =>
        type.Namespace is { } name && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal));
}
