namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>A prompt task that is drawn rather than listed.</summary>
public interface IPromptPairs
{
    /// <summary>The task's name.</summary>
    string Name { get; }

    /// <summary>Draws one pair.</summary>
    /// <param name="random">The source of chance.</param>
    /// <returns>A clean and a corrupted prompt of equal length with different answers.</returns>
    PromptPair Draw(SeededRandom random);
}
