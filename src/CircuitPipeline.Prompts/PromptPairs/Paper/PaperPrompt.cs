namespace CircuitPipeline.Prompts.PromptPairs.Paper;

/// <summary>What a prompt of the paper asks.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Answer">The right answer; null when the prompt determines none.</param>
/// <param name="Lacks">Why it determines none, as a phrase; empty when it does.</param>
internal sealed record PaperPrompt(string Task, string? Answer, string Lacks)
{
    private static readonly IPaperFormat[] Formats =
    [
        new ArithmeticFormat(),
        new TwoStepFormat(),
        new LcmFormat(),
        new SequenceFormat(),
        new FunctionFormat(),
    ];

    /// <summary>The tasks' names in a sentence.</summary>
    public static string Tasks => $"'{string.Join("', '", Formats.SelectMany(format => format.Tasks))}'";

    /// <summary>Takes a prompt apart; null when it has none of the formats.</summary>
    public static PaperPrompt? Of(string prompt) =>
        Formats.Select(format => format.Read(prompt)).FirstOrDefault(read => read is not null);

    public static PaperPrompt Of(string task, Int128 answer) => new(task, $"{answer}", "");

    public static PaperPrompt Without(string task, string lacks) => new(task, null, lacks);
}
