using System.Collections.Immutable;

namespace CircuitPipeline.Prompts.Tasks;

/// <summary>All prompt tasks by name.</summary>
public static class PromptTasks
{
    /// <summary>Those of the paper first.</summary>
    public static ImmutableArray<IPromptTask> All { get; } =
    [
        new AddSub(),
        new MulDiv(),
        new Sequence(),
        new Lcm(),
        new LinearFunction(),
        new TwoStep(),
        new GreaterThan(),
        new IndirectObject(),
        new CapitalCountry(),
        new Agreement(),
        new Pronoun(),
    ];

    /// <summary>The names.</summary>
    public static ImmutableArray<string> Names { get; } = [.. All.Select(task => task.Name)];

    /// <summary>A task by its name.</summary>
    /// <exception cref="InvalidDataException">There is no such task; the known ones are named.</exception>
    public static IPromptTask Named(string name) =>
        All.FirstOrDefault(task => task.Name == name)
        ?? throw new InvalidDataException(
            $"'{MessageText.OneLine(name)}' is no task; {string.Join(", ", Names.Select(known => $"'{known}'"))} are known."
        );
}
