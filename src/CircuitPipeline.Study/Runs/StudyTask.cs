using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Runs;

/// <summary>A prompt task that a study looks at; where a study names none, its only one has no name in items either.</summary>
/// <param name="Name">Its name in the experiment; null for the only one.</param>
internal sealed record StudyTask(string? Name)
{
    /// <summary>The target of a study that names no tasks.</summary>
    internal static StudyTask Only { get; } = new((string?)null);

    /// <summary>The item of GenerateData that holds its pairs.</summary>
    internal string DataItem => Name ?? GenerateDataFiles.TargetItem;

    /// <summary>The tasks of a study, in the experiment's order.</summary>
    internal static IEnumerable<StudyTask> Of(ExperimentSpec spec) =>
        spec.Tasks is { } tasks ? tasks.Select(task => new StudyTask(task.NameInStudy)) : [Only];

    /// <summary>Those that the model is fine-tuned on.</summary>
    internal static IEnumerable<StudyTask> Trained(ExperimentSpec spec) =>
        spec.Tasks is { } tasks
            ? tasks.Where(task => !task.OfBaseOnly).Select(task => new StudyTask(task.NameInStudy))
            : [Only];

    /// <summary>Each task that the model is fine-tuned on, with each base model.</summary>
    internal static IEnumerable<(StudyTask Task, int Base)> TrainedOnBases(ExperimentSpec spec) =>
        from task in Trained(spec)
        from number in Enumerable.Range(0, spec.Seeds.Bases)
        select (task, number);

    /// <summary>The names of tasks, as a slice holds them; null for the only one.</summary>
    internal static string[]? NamesOf(IEnumerable<StudyTask> tasks) =>
        tasks.Select(task => task.Name).OfType<string>().ToArray() is { Length: > 0 } named ? named : null;

    /// <summary>The name of an item of this task.</summary>
    /// <param name="item">What it is called where a study has one task only.</param>
    internal string Item(string item) => Name is null ? item : $"{Name}-{item}";

    /// <summary>The item of a way of fine-tuning one base model on this task, once.</summary>
    internal string Run(string method, int number, int adapter) => Item(ItemNames.Run(method, number, adapter));
}
