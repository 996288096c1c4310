namespace CircuitPipeline.Training;

/// <summary>How weights are changed: AdamW over shuffled rows.</summary>
public sealed record TrainingOptions
{
    /// <summary>Optimizer steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Rows a step.</summary>
    public required int Batch { get; init; }

    /// <summary>
    /// Forward and backward passes a step, each over a part of its rows, those of similar length together: the sum of their
    /// gradients is the whole batch's, at the memory of a part.
    /// </summary>
    /// <value>The default is 1.</value>
    public int Accumulation { get; init; } = 1;

    /// <summary>Peak learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The factor of the peak at a step, counted from 0.</summary>
    public required Func<int, double> Schedule { get; init; }

    /// <summary>AdamW's decay rates of the running means of gradient and squared gradient.</summary>
    /// <value>The default is (0.9, 0.999).</value>
    public (double First, double Second) Betas { get; init; } = (0.9, 0.999);

    /// <summary>AdamW's decoupled weight decay, on every parameter alike.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Whether activations are computed again for the gradients, a block at a time, instead of kept; the numbers are the same.</summary>
    public bool ActivationCheckpointing { get; init; }

    /// <summary>Largest norm of all gradients together; larger ones are scaled down to it.</summary>
    /// <value>The default is 1.</value>
    public double ClipNorm { get; init; } = 1;
}

/// <summary>How the learning rate goes over a run, as factors of its peak.</summary>
public static class LearningRates
{
    /// <summary>Rises linearly over the warm-up, then falls along half a cosine to its last value.</summary>
    /// <remarks>Loshchilov and Hutter 2017 (arXiv:1608.03983), eq. 5, without restarts.</remarks>
    /// <param name="step">The step about to be taken, from 0.</param>
    /// <param name="steps">Steps of the whole run.</param>
    /// <param name="warmupSteps">Steps of the rise; the first of them already has a rate above 0.</param>
    /// <param name="finalFraction">The factor at the last step.</param>
    public static double WarmupCosine(int step, int steps, int warmupSteps, double finalFraction)
    {
        if (step < warmupSteps)
        {
            return (step + 1.0) / warmupSteps;
        }

        double share = steps - warmupSteps <= 1 ? 1 : (double)(step - warmupSteps) / (steps - warmupSteps - 1);
        return finalFraction + (1 - finalFraction) * (1 + Math.Cos(Math.PI * share)) / 2;
    }

    /// <summary>Rises linearly over the warm-up, then falls linearly towards 0, which the step after the last would have.</summary>
    /// <param name="step">The step about to be taken, from 0.</param>
    /// <param name="steps">Steps of the whole run.</param>
    /// <param name="warmupSteps">Steps of the rise; the first of them already has a rate above 0.</param>
    public static double WarmupLinear(int step, int steps, int warmupSteps) =>
        step < warmupSteps ? (step + 1.0) / warmupSteps : (double)(steps - step) / (steps - warmupSteps);
}
