using System.Text.Json.Serialization;
using CircuitPipeline.Training;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>What a training run measured.</summary>
/// <param name="Evaluations">How often the answer was right on a split, at some steps.</param>
/// <param name="Losses">The loss of every step, in nats per token.</param>
internal sealed record TrainingMetrics(StepMatch[] Evaluations, double[] Losses)
{
    /// <summary>The name of its file, beside a model that was trained or taken and beside an adapter.</summary>
    internal const string FileName = "metrics.json";
}

/// <summary>How often the answer was right after a step.</summary>
/// <param name="Step">Counted from 1.</param>
/// <param name="Match">Right answers among all.</param>
internal sealed record StepMatch(int Step, ExactMatch Match)
{
    /// <summary>The task that was asked; null for the only one of a study.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Task { get; init; }
}

/// <summary>Which prompts of the test split were answered rightly, in the split's order: what methods are paired by.</summary>
/// <param name="TrainedParameters">Number of parameters that were trained.</param>
/// <param name="Answers">A digit per prompt, 1 where the answer was right and else 0.</param>
internal sealed record TestAnswers(long TrainedParameters, string Answers)
{
    /// <summary>How many of the trained parameters are kept; null where all are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? KeptParameters { get; init; }

    /// <summary>Tokens that were trained on, without padding, each as often as it came; null for a base model.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Tokens { get; init; }

    /// <summary>What the model answered before and after of other tasks; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OtherAnswers[]? Others { get; init; }

    /// <summary>One value per prompt.</summary>
    internal bool[] Right => [.. Answers.Select(digit => digit == '1')];

    /// <summary>Takes one value per prompt.</summary>
    internal static TestAnswers Of(long trainedParameters, IEnumerable<bool> right) =>
        new(trainedParameters, string.Concat(right.Select(isRight => isRight ? '1' : '0')));
}

/// <summary>How often another task's prompts were answered rightly before and after fine-tuning.</summary>
/// <param name="Task">The task, as the report calls it.</param>
/// <param name="Before">By the base model.</param>
/// <param name="After">By the fine-tuned one.</param>
internal sealed record OtherAnswers(string Task, ExactMatch Before, ExactMatch After);
