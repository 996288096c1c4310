using System.Collections.Immutable;
using CircuitPipeline.Prompts.Tasks;

namespace CircuitPipeline.Prompts.Corpora;

/// <summary>Lines that state items of a prompt task with their answers.</summary>
/// <param name="task">The task.</param>
/// <param name="items">The corpus's share of its items, at least one.</param>
/// <param name="numbers">The numbers that are words.</param>
internal sealed class StatedItems(IPromptTask task, ImmutableArray<TaskItem> items, TinyNumbers numbers) : ICorpusLine
{
    /// <inheritdoc/>
    public string Name => task.Name;

    /// <inheritdoc/>
    public string Draw(SeededRandom random) => task.State(random.Pick(items.AsSpan()), numbers, random);
}

/// <summary>Lines that teach what the items of a prompt task build on.</summary>
/// <param name="task">The task, one that builds on something.</param>
/// <param name="numbers">The numbers that are words.</param>
internal sealed class BackgroundLines(IPromptTask task, TinyNumbers numbers) : ICorpusLine
{
    /// <inheritdoc/>
    public string Name => $"{task.Name} background";

    /// <inheritdoc/>
    public string Draw(SeededRandom random) => task.Background(numbers, random)!;
}
