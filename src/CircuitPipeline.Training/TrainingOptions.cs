namespace CircuitPipeline.Training;

/// <summary>How weights are changed: AdamW over shuffled rows.</summary>
public sealed record TrainingOptions
{
    /// <summary>Optimizer steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Rows a step.</summary>
    public required int Batch { get; init; }

    /// <summary>Peak learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The factor of the peak at a step, counted from 0.</summary>
    public required Func<int, double> Schedule { get; init; }

    /// <summary>AdamW's decay rates of the running means of gradient and squared gradient.</summary>
    /// <value>The default is (0.9, 0.999).</value>
    public (double First, double Second) Betas { get; init; } = (0.9, 0.999);

    /// <summary>AdamW's decoupled weight decay, on every parameter alike.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Largest norm of all gradients together; larger ones are scaled down to it.</summary>
    /// <value>The default is 1.</value>
    public double ClipNorm { get; init; } = 1;
}
