namespace CircuitPipeline.Training;

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
            return (step + 1.0) / warmupSteps;
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
