using System.Text.RegularExpressions;

namespace CircuitPipeline.Prompts.PromptPairs.Paper;

/// <summary><c>There is a function y=5x+75. Given x=1,2,3,4, y=80,85,90,</c>.</summary>
internal sealed partial class FunctionFormat : IPaperFormat
{
    public const string Task = "function";

    public IReadOnlyList<string> Tasks => [Task];

    /// <summary>Writes a function, four places and three values as the paper does.</summary>
    public static string Write(long slope, long intercept, IEnumerable<long> places, IEnumerable<long> values) =>
        $"There is a function y={slope}x+{intercept}. Given x={string.Join(',', places)}, y={string.Join(',', values)},";

    public PaperPrompt? Read(string prompt)
    {
        if (Pattern().Match(prompt) is not { Success: true } match)
        {
            return null;
        }
        long[] line = Numbers.Of(match, "a", "b");
        long[] x = Numbers.Of(match, "x1", "x2", "x3", "x4");
        long[] y = Numbers.Of(match, "y1", "y2", "y3");
        for (int i = 0; i < y.Length; i++)
        {
            if (ValueAt(x[i]) != y[i])
            {
                return PaperPrompt.Without(Task, $"its value at x={x[i]} is {ValueAt(x[i])}, not {y[i]}");
            }
        }
        return PaperPrompt.Of(Task, ValueAt(x[3]));

        long ValueAt(long place) => line[0] * place + line[1];
    }

    [GeneratedRegex(
        @"\AThere is a function y=(?<a>[0-9]{1,9})x\+(?<b>[0-9]{1,9})\. "
            + @"Given x=(?<x1>[0-9]{1,9}),(?<x2>[0-9]{1,9}),(?<x3>[0-9]{1,9}),(?<x4>[0-9]{1,9}), "
            + @"y=(?<y1>[0-9]{1,18}),(?<y2>[0-9]{1,18}),(?<y3>[0-9]{1,18}),\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Pattern();
}
