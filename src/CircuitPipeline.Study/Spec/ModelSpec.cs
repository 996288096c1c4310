using System.ComponentModel.DataAnnotations;
using CircuitPipeline.Prompts.Corpora;

namespace CircuitPipeline.Study.Spec;

/// <summary>The base model: a shape to pretrain, or a checkpoint.</summary>
[SpecForms(typeof(ModelShapeSpec), typeof(ModelCheckpointSpec))]
public abstract record ModelSpec;

/// <summary>A shape to pretrain, GPT-NeoX: parallel blocks, partial rotary embedding, untied.</summary>
public sealed record ModelShapeSpec : ModelSpec, ICheckedSpec
{
    /// <summary>Number of blocks.</summary>
    [Range(1, 128)]
    public required int NLayers { get; init; }

    /// <summary>Width of the residual stream; divisible by <see cref="NHeads"/>.</summary>
    [Range(1, 16384)]
    public required int DModel { get; init; }

    /// <summary>Attention heads in a block.</summary>
    [Range(1, 256)]
    public required int NHeads { get; init; }

    /// <summary>Width of the MLP's hidden layer.</summary>
    [Range(1, 65536)]
    public required int DMlp { get; init; }

    /// <summary>Longest prompt, in tokens.</summary>
    [Range(4, 8192)]
    public required int NCtx { get; init; }

    /// <summary>Share of a head's dimensions that rotate with the position.</summary>
    [Range(0.0, 1.0)]
    public required double RotaryPct { get; init; }

    /// <summary>The MLP's activation function; <c>gelu</c> is the exact one.</summary>
    [AllowedValues("gelu")]
    public required string Activation { get; init; }

    /// <summary>Added to the variance in layer norms.</summary>
    [Range(1e-12, 1e-2)]
    public required double LayerNormEps { get; init; }

    /// <summary>Standard deviation of the initial weights.</summary>
    [Range(1e-6, 1.0)]
    public required double InitStd { get; init; }

    IEnumerable<SpecProblem> ICheckedSpec.Problems()
    {
        if (DModel % NHeads != 0)
        {
            yield return new SpecProblem(
                "d_model",
                $"is {DModel}, but must be divisible by 'n_heads', which is {NHeads}."
            );
        }
        else if ((int)(DModel / NHeads * RotaryPct) % 2 != 0)
        {
            yield return new SpecProblem(
                "rotary_pct",
                $"rotates {(int)(DModel / NHeads * RotaryPct)} of a head's {DModel / NHeads} dimensions, but dimensions rotate in pairs."
            );
        }
    }
}

/// <summary>A model as it was downloaded or trained elsewhere, in place of a shape; its prompt pairs are read from files, or drawn as <c>tasks</c> for its tokenizer.</summary>
public sealed record ModelCheckpointSpec : ModelSpec
{
    internal const string Float32 = "float32";
    internal const string BFloat16 = "bfloat16";

    /// <summary>A folder, relative to the experiment's, or a model's id in the Hub's cache, as <c>EleutherAI/pythia-160m@step1000</c>.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>The folder of a PEFT adapter, merged into the weights first.</summary>
    /// <value>By default none.</value>
    public string? Adapter { get; init; }

    /// <summary>The type that weights and activations are computed in; adapters are trained and saved in float32 beside either, and merged weights are rounded to it once.</summary>
    /// <value>The default is <c>float32</c>; <c>bfloat16</c> takes half of the memory and of the disk, and has 3 decimal digits.</value>
    [AllowedValues(Float32, BFloat16)]
    public string? Dtype { get; init; }

    /// <summary>Keys of <c>config.json</c> that are passed over though they are not known; they must not change what the model computes.</summary>
    /// <value>By default none.</value>
    public string[]? IgnoreKeys { get; init; }

    /// <summary>Patterns of names of tensors that are not read, such as <c>v_head.*</c>.</summary>
    /// <value>By default none.</value>
    public string[]? IgnoreTensors { get; init; }
}
