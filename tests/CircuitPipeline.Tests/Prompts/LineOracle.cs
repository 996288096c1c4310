namespace CircuitPipeline.Tests.Prompts;

/// <summary>Judges a line from its words alone, without the code that draws lines.</summary>
internal static class LineOracle
{
    public static bool IsRight(string line)
    {
        string[] words = line.Split(' ');
        return words[0] switch
        {
            "seq" => IsSequence([.. words[1..].Select(int.Parse)]),
            "max" => words is [_, _, _, "=", _]
                && Math.Max(int.Parse(words[1]), int.Parse(words[2])) == int.Parse(words[4]),
            "tens" => words is [_, _, "=", _] && int.Parse(words[3]) == int.Parse("0" + words[1]) / 10 % 10,
            "ones" => words is [_, _, "=", _]
                && words[1].EndsWith(words[3], StringComparison.Ordinal)
                && words[3].Length == 1,
            "calc" => words[^2] == "=" && Value(words[1..^2]) == int.Parse(words[^1]),
            _ => false,
        };
    }

    /// <summary>The value of numbers, operators and brackets; null when a quotient is not exact.</summary>
    public static int? Value(ReadOnlySpan<string> words)
    {
        if (words.Length == 1)
        {
            return int.Parse(words[0]);
        }
        int split = words[0] == "(" ? words.IndexOf(")") + 1 : 1;
        int? left = words[0] == "(" ? Value(words[1..(split - 1)]) : int.Parse(words[0]);
        int right = int.Parse(words[split + 1]);
        return words[split] switch
        {
            _ when words.Length != split + 2 => null,
            "+" => left + right,
            "-" => left - right,
            "*" => left * right,
            "/" when right > 0 && left % right == 0 => left / right,
            _ => null,
        };
    }

    private static bool IsSequence(int[] terms)
    {
        int[] up = terms[0] < terms[^1] ? terms : [.. terms.Reverse()];
        int[] steps = up.Zip(up.Skip(1), (one, next) => next - one).Distinct().ToArray();
        int[] factors = up.Zip(up.Skip(1), (one, next) => one > 0 && next % one == 0 ? next / one : 0)
            .Distinct()
            .ToArray();
        return terms.Length >= 4 && (steps is [> 0] || factors is [> 1]);
    }
}
