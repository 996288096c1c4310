namespace CircuitPipeline.Prompts.PromptPairs.Paper;

/// <summary>The four rules of arithmetic on whole numbers.</summary>
internal static class Arithmetic
{
    /// <summary>Why a prompt may have no answer.</summary>
    public const string NotWhole = "its quotient is not whole";

    /// <summary>The result; null when a quotient is not whole.</summary>
    public static Int128? Of(Int128 left, char sign, Int128 right) =>
        sign switch
        {
            '+' => left + right,
            '-' => left - right,
            '*' => left * right,
            _ => right != 0 && left % right == 0 ? left / right : null,
        };

    /// <summary>What a number can be divided by exactly, from 2 to itself; nothing for 0 and 1.</summary>
    public static int[] DivisorsOf(int number) =>
        [.. Enumerable.Range(2, Math.Max(0, number - 1)).Where(divisor => number % divisor == 0)];
}
