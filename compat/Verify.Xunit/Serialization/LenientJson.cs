using System.Globalization;
using System.Numerics;
using System.Text;

namespace VerifyTests.Serialization;

/// <summary>Reads JSON whose texts may stand in single quotes, so that it can be written inside of C# without escapes.</summary>
internal sealed class LenientJson(string text)
{
    // Deeper than any file that a person reviews, and far from the end of the stack.
    private const int DeepestNesting = 64;
    private int _at;
    private int _depth;

    public object? Read()
    {
        object? value = Value();
        return Peek() == '\0' ? value : throw Wrong("the end of the text");
    }

    private object? Value() =>
        Peek() switch
        {
            '{' => Object(),
            '[' => Array(),
            '"' or '\'' => String(),
            't' => Word("true", true),
            'f' => Word("false", false),
            'n' => Word("null", null),
            _ => Number(),
        };

    private JsonMembers Object()
    {
        JsonMembers members = new();
        Items(
            '}',
            () =>
            {
                if (Peek() is not ('"' or '\''))
                {
                    throw Wrong("a name in quotes");
                }

                string name = String();
                if (members.Any(member => member.Key == name))
                {
                    throw new FormatException($"The JSON has the name '{name}' twice in one object.");
                }

                Take(':');
                members.Add(new(name, Value()));
            }
        );
        return members;
    }

    private List<object?> Array()
    {
        List<object?> items = [];
        Items(']', () => items.Add(Value()));
        return items;
    }

    private void Items(char close, Action read)
    {
        if (++_depth > DeepestNesting)
        {
            throw new FormatException($"The JSON is nested more than {DeepestNesting} deep.");
        }

        _at++;
        for (bool isFirst = true; Peek() != close; isFirst = false)
        {
            if (!isFirst)
            {
                Take(',');
            }

            read();
        }

        _at++;
        _depth--;
    }

    private string String()
    {
        char quote = text[_at++];
        StringBuilder value = new();
        while (true)
        {
            char next = _at < text.Length ? text[_at++] : throw Wrong($"a closing {quote}");
            if (next == quote)
            {
                return value.ToString();
            }

            value.Append(next == '\\' ? Escaped() : next);
        }
    }

    private char Escaped()
    {
        char next = _at < text.Length ? text[_at++] : throw Wrong("what is escaped");
        if (next != 'u')
        {
            return next switch
            {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\b',
                'f' => '\f',
                '\\' or '/' or '"' or '\'' => next,
                _ => throw Wrong("an escape of JSON"),
            };
        }

        _at += 4;
        return
            _at <= text.Length
            && ushort.TryParse(text.AsSpan(_at - 4, 4), NumberStyles.AllowHexSpecifier, null, out ushort code)
            ? (char)code
            : throw Wrong("four hexadecimal digits");
    }

    private object Number()
    {
        int start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '-' or '+' or '.'))
        {
            _at++;
        }

        string number = text[start.._at];
        return BigInteger.TryParse(
                number,
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out BigInteger whole
            ) && !HasOtherMeaning(number)
                ? whole
            : double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double real)
            && char.IsAsciiDigit(number[^1])
            && !HasOtherMeaning(number)
                ? real
            : throw Wrong("a value");
    }

    // The original reads digits behind a zero as octal, and no plus.
    private static bool HasOtherMeaning(string number)
    {
        string digits = number.TrimStart('-');
        return digits.StartsWith('+') || (digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1]));
    }

    private object? Word(string word, object? value)
    {
        if (!text.AsSpan(_at).StartsWith(word))
        {
            throw Wrong($"'{word}'");
        }

        _at += word.Length;
        return value;
    }

    private void Take(char expected)
    {
        if (Peek() != expected)
        {
            throw Wrong($"'{expected}'");
        }

        _at++;
    }

    /// <summary>The next character that is no white space; the null character at the end.</summary>
    private char Peek()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        return _at < text.Length ? text[_at] : '\0';
    }

    private FormatException Wrong(string expected) =>
        new($"The JSON has at character {Math.Min(_at, text.Length)} something else than {expected}.");
}
