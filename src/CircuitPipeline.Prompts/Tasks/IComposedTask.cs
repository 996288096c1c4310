using System.Collections.Immutable;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Prompts.Tasks;

/// <summary>A task whose prompts are several steps, each of which is what another task asks.</summary>
public interface IComposedTask : IPromptTask
{
    /// <summary>The tasks of the steps, in the order of <see cref="TaskItem.Keys"/>.</summary>
    ImmutableArray<IPromptTask> Parts { get; }

    /// <summary>Takes a row apart.</summary>
    /// <param name="pair">A row of this task, of either surface.</param>
    /// <returns>A row for each of <see cref="Parts"/>, on the same surface.</returns>
    /// <exception cref="ArgumentException">The row is not of this task.</exception>
    ImmutableArray<PromptPair> Apart(PromptPair pair);
}
