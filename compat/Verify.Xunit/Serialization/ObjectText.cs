using System.Collections;
using System.Text;
using VerifyTests.Engine;
using VerifyTests.Scrubbing;

namespace VerifyTests.Serialization;

/// <summary>Writes an object as indented JSON without quotes.</summary>
/// <remarks>
/// Dictionaries are sorted by key; an object that contains itself is not written again, and an empty collection is not written
/// inside of another value; a text of several lines begins on a line of its own and is not indented. What
/// <see cref="Refusals"/> names is refused.
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
                WriteObject(WithoutEmpty(members.Select(member => (Key(member.Key), member.Value))));
                break;
            case Dimension items:
                WriteItems(items.Cast<object?>());
                break;
            case Array { Rank: > 1 } array:
                WriteItems(new Dimension(array).Cast<object?>());
                break;
            default:
                Refusals.Check(value);
                WriteChecked(value);
                break;
        }
    }

    private void WriteChecked(object value)
    {
        switch (value)
        {
            case IDictionary dictionary:
                WriteObject(
                    WithoutEmpty(Collections.Entries(dictionary).Select(entry => (Key(entry.Key), entry.Value)))
                );
                break;
            case IEnumerable items:
                WriteItems(items.Cast<object?>().Where(item => !Collections.IsEmpty(item)));
                break;
            default:
                WriteObject(ObjectMembers.Of(value));
                break;
        }
    }

    // Lazily, since the names of guids and dates are counted in the order in which they are written.
    private static IEnumerable<(string Name, object? Value)> WithoutEmpty(
        IEnumerable<(string Name, object? Value)> members
    ) => members.Where(member => !Collections.IsEmpty(member.Value));

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

    private string Key(object key) =>
        key is string text ? counter.Name(text) ?? scrubbed.Value(text) : Values.Key(key, counter);

    // By Equals, as the original compares: a record that equals one around it is not written either.
    private bool IsAround(object? value) => !Values.IsPlain(value) && _around.Contains(value!);
}
