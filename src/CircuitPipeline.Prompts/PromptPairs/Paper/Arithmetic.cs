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
}
