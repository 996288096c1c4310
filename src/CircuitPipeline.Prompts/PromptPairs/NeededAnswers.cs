namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>Which answers of a pair are read, by a metric for one.</summary>
public enum NeededAnswers
{
    /// <summary>None, as by a divergence.</summary>
    None,

    /// <summary>The right ones, as by accuracy.</summary>
    Right,

    /// <summary>The right and the wrong ones, as by a difference.</summary>
    Both,
}
