using System.ComponentModel.DataAnnotations;
using CircuitPipeline.Planning;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Training.Methods;

namespace CircuitPipeline.Study.Spec;

/// <summary>How the base model is fine-tuned on the target: the same for every kind of adapter.</summary>
public sealed record FineTuneSpec : ICheckedSpec
{
    /// <summary>Optimizer steps.</summary>
    [Range(1, 10_000_000)]
    public required int Steps { get; init; }

    /// <summary>Prompts a step.</summary>
    [Range(1, 65536)]
    public required int Batch { get; init; }

    /// <summary>Passes a step, each over a part of its prompts: their gradients' sum is the whole batch's, at the memory of a part.</summary>
    /// <value>The default is 1.</value>
    [Range(1, 65536)]
    public int? Accumulation { get; init; }

    /// <summary>Peak learning rate of adapters.</summary>
    [Range(1e-8, 1.0)]
    public required double Lr { get; init; }

    /// <summary>Peak learning rate where all weights are trained.</summary>
    [Range(1e-8, 1.0)]
    public required double FullLr { get; init; }

    /// <summary>AdamW's decoupled weight decay.</summary>
    [Range(0.0, 1.0)]
    public required double WeightDecay { get; init; }

    /// <summary>Steps over which the learning rate rises linearly; it then falls linearly to 0.</summary>
    [Range(0, 10_000_000)]
    public required int WarmupSteps { get; init; }

    /// <summary>Largest norm of all gradients together.</summary>
    [Range(1e-6, 1e6)]
    public required double ClipNorm { get; init; }

    /// <summary>The rank of the uniform adapter, at every linear map of every layer.</summary>
    [Range(1, AdapterRanges.MaxRank)]
    public required int Rank { get; init; }

    /// <summary>The factor of an adapter's update, alpha / rank, whatever the rank.</summary>
    [Range(AdapterRanges.MinAlphaOverRank, AdapterRanges.MaxAlphaOverRank)]
    public required double AlphaOverRank { get; init; }

    /// <summary>After which steps the uniform adapter is kept and its circuit found; rising, the last is the last step.</summary>
    [Length(1, 100), Range(1, 10_000_000)]
    public required int[] Checkpoints { get; init; }

    /// <summary>What AdaLoRA does beside.</summary>
    /// <value>By default what each of its keys says.</value>
    public AdaLoraSpec? Adalora { get; init; }

    /// <summary>What IA3 does beside.</summary>
    /// <value>By default what each of its keys says.</value>
    public Ia3Spec? Ia3 { get; init; }

    /// <summary>What one method is told of it: the options of no other, on which its result does not depend.</summary>
    internal FineTuneSpec For(string method) =>
        this with
        {
            Adalora = method == AdaLora.Name ? Adalora : null,
            Ia3 = method == Training.Methods.Ia3.Name ? Ia3 : null,
        };

    IEnumerable<SpecProblem> ICheckedSpec.Problems()
    {
        if (WarmupSteps >= Steps)
        {
            yield return new SpecProblem(
                "warmup_steps",
                $"is {WarmupSteps}, but must be smaller than 'steps', which is {Steps}."
            );
        }

        if (Accumulation > Batch)
        {
            yield return new SpecProblem(
                "accumulation",
                $"is {Accumulation}, but a step has {Batch} prompts by 'batch', and a part needs one at least; write {Batch} or less."
            );
        }
        else if (Accumulation is { } passes && PartsOf(LargestPart(passes)) is var parts && parts != passes)
        {
            yield return new SpecProblem(
                "accumulation",
                $"is {passes}, but the {Batch} prompts of a step by 'batch' are cut into parts of {LargestPart(passes)}, which are only {parts}; write {parts}, or a number that divides {Batch}."
            );
        }

        bool isRising = Checkpoints.Zip(Checkpoints.Skip(1)).All(pair => pair.First < pair.Second);
        if (!isRising || Checkpoints.LastOrDefault() != Steps)
        {
            yield return new SpecProblem(
                "checkpoints",
                $"are {string.Join(", ", Checkpoints)}, but must rise and end with 'steps', which is {Steps}."
            );
        }

        foreach (SpecProblem problem in Adalora?.Problems(Rank, Steps) ?? [])
        {
            yield return problem;
        }
    }

    // As many prompts in each part as in the first, but for the last one.
    private int LargestPart(int passes) => (Batch + passes - 1) / passes;

    private int PartsOf(int largest) => (Batch + largest - 1) / largest;
}
