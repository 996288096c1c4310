using CircuitPipeline.Attribution;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Tensors;

namespace CircuitPipeline.Study.Verbs;

/// <summary>A model, prompt pairs, and how the model is run on them.</summary>
public sealed record MeasureRequest
{
    /// <summary>The model's folder.</summary>
    public required string Model { get; init; }

    /// <summary>The file of prompt pairs.</summary>
    public required string Pairs { get; init; }

    /// <summary>The metric's name; null means <c>logit-difference</c> where a method reads a metric.</summary>
    public string? Metric { get; init; }

    /// <summary>The run that the KL divergence compares with; null means the clean one.</summary>
    public ReferenceRun? KlReference { get; init; }

    /// <summary>What replaces an edge's value; null means patching.</summary>
    public Intervention? Intervention { get; init; }

    /// <summary>Pairs computed at once.</summary>
    /// <value>The default is 8.</value>
    public int Batch { get; init; } = 8;

    /// <summary>The memory that may be used, in bytes, from which the batch follows; null where the batch is given.</summary>
    public long? Memory { get; init; }

    /// <summary>What to compute in: <c>float32</c>, <c>float64</c> or <c>bfloat16</c>.</summary>
    /// <value>The default is <c>float32</c>.</value>
    public string Dtype { get; init; } = "float32";

    /// <summary>Threads inside the computation; sums may differ in the last bits with it, so it is recorded.</summary>
    /// <value>The default is 1.</value>
    public int Threads { get; init; } = 1;

    /// <summary>Where to compute: <c>cpu</c> or <c>cuda</c>.</summary>
    /// <value>The default is <c>cpu</c>.</value>
    public string Device { get; init; } = "cpu";

    /// <summary>Gets a sentence that the user must see, such as on a libtorch of another version.</summary>
    /// <value>By default nobody gets it.</value>
    public Action<string> Warn { get; init; } = _ => { };

    /// <summary>The intervention that was asked for, or the default.</summary>
    internal Intervention InterventionOrDefault => Intervention ?? Attribution.Intervention.Patching;

    /// <summary>Which instructions to compute with; null means what this process computes with already, and <c>fast</c> in a new one.</summary>
    public Numerics? Numerics { get; init; }

    /// <summary>The numerics as files write them.</summary>
    public string NumericsWord => Engine.Numerics;

    /// <summary>The settings of the engine.</summary>
    internal EngineSettings Engine =>
        new(Device, Threads, EnumNames.Of(Numerics ?? ProcessNumerics.Current ?? Tensors.Numerics.Fast));

    /// <summary>The metric that was asked for, or the default.</summary>
    internal Metric MetricOrDefault => Metrics.Named(Metric ?? Metrics.LogitDifference.Name, KlReference);
}
