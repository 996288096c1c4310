namespace CircuitPipeline.Prompts.PromptPairs.Paper;

/// <summary>How the paper writes the prompts of a task; numbers have at most nine digits.</summary>
internal interface IPaperFormat
{
    /// <summary>The names of the tasks that are written so.</summary>
    IReadOnlyList<string> Tasks { get; }

    /// <summary>Takes a prompt apart; null when it is not written so.</summary>
    PaperPrompt? Read(string prompt);
}
