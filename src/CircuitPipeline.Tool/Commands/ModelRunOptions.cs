using System.CommandLine;
using CircuitPipeline.Attribution;
using CircuitPipeline.Hub;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study;
using CircuitPipeline.Study.Engine;
using CircuitPipeline.Tensors.Reproducibility;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary>A model, prompt pairs, and how the model is run on them: the options that such commands share, and their values.</summary>
internal sealed record ModelRunOptions
{
    /// <summary>The option of commands that put an adapter over a model.</summary>
    internal static readonly Option<string> AdapterOption = OptionFactory.Optional(
        "--adapter",
        ModelPlace.Forms,
        "An adapter's folder as PEFT writes it, or its id in the Hub's cache, merged into the model's weights in memory."
    );

    private static readonly string[] Dtypes = ["float32", "float64", "bfloat16", "float16"];

    private static readonly Option<string> ModelOption = OptionFactory.Required(
        "--model",
        ModelPlace.Forms,
        "The model's folder, or its id in the Hub's cache: 'config.json', its weights, and its tokenizer where pairs are texts; or an adapter's, which stands for both."
    );

    private static readonly Option<string> MetricOption = OptionFactory.Optional(
        "--metric",
        Metrics.Names,
        "What is measured; by default 'logit-difference'."
    );

    private static readonly Option<string> ReferenceOption = OptionFactory.Optional(
        "--kl-reference",
        "clean|corrupted",
        "The run that 'kl-divergence' compares with; by default 'clean'."
    );

    private static readonly Option<string> InterventionOption = OptionFactory.Optional(
        "--intervention",
        EnumNames.All<Intervention>(),
        "What replaces an edge's value; by default 'patching'."
    );

    private static readonly Option<string> BatchOption = OptionFactory.Optional(
        "--batch",
        "N",
        "Pairs computed at once; by default 8."
    );

    private static readonly Option<string> MemoryOption = OptionFactory.Optional(
        "--memory",
        "SIZE",
        "Instead of '--batch': the memory that may be used, as '12GB'; the batch is the largest that keeps it."
    );

    private static readonly Option<string> DtypeOption = OptionFactory.Optional(
        "--dtype",
        Dtypes,
        "What to compute in; by default 'float32'."
    );

    private static readonly Option<string> ThreadsOption = OptionFactory.Optional(
        "--threads",
        "N",
        "Threads inside this computation, by default one per processor; sums may differ in the last bits with it."
    );

    private static readonly Option<string> DeviceOption = OptionFactory.Optional(
        "--device",
        Devices.Names,
        "Where to compute; by default 'cpu'."
    );

    private static readonly Option<string> NumericsOption = OptionFactory.Optional(
        "--numerics",
        EnumNames.All<Numerics>(),
        "Which instructions to compute with, by default 'fast'; 'reproducible' gives the same bits on every x64 processor with AVX2."
    );

    /// <summary>The options, in the order of the help.</summary>
    internal static Option[] All { get; } =
    [
        ModelOption,
        AdapterOption,
        .. IgnoredParts.All,
        .. PairsInput.All,
        MetricOption,
        ReferenceOption,
        InterventionOption,
        BatchOption,
        MemoryOption,
        DtypeOption,
        ThreadsOption,
        DeviceOption,
        NumericsOption,
    ];

    /// <summary>Where the model is, and the adapter over it.</summary>
    internal required ModelPlace Place { get; init; }

    /// <summary>The model's folder.</summary>
    internal string Model => Place.Folder;

    /// <summary>What is passed over in the folder.</summary>
    internal IgnoredParts Ignored { get; init; } = IgnoredParts.None;

    /// <summary>The file of prompt pairs, and how it is read.</summary>
    internal required PairsInput Pairs { get; init; }

    /// <summary>The metric's name; null where the command line names none, which some methods demand.</summary>
    internal string? Metric { get; init; }

    /// <summary>The run that the KL divergence compares with; null means the clean one.</summary>
    internal ReferenceRun? KlReference { get; init; }

    /// <summary>What replaces an edge's value; null leaves it to the method, and means patching where circuits run.</summary>
    internal Intervention? Intervention { get; init; }

    /// <summary>Pairs computed at once.</summary>
    internal int Batch { get; init; } = 8;

    /// <summary>The memory that may be used, in bytes, from which the batch follows; null where the batch is given.</summary>
    internal long? Memory { get; init; }

    /// <summary>What to compute in: <c>float32</c>, <c>float64</c>, <c>bfloat16</c> or <c>float16</c>.</summary>
    internal string Dtype { get; init; } = Dtypes[0];

    /// <summary>Threads inside the computation; sums may differ in the last bits with it, so it is recorded.</summary>
    internal int Threads { get; init; } = 1;

    /// <summary>Where to compute: one of <see cref="Devices.Names"/>.</summary>
    internal string Device { get; init; } = Devices.Cpu;

    /// <summary>Which instructions to compute with; null means what this process computes with already, and <c>fast</c> in a new one.</summary>
    internal Numerics? Numerics { get; init; }

    /// <summary>The settings of the engine.</summary>
    internal EngineSettings Engine =>
        new(
            Device,
            Threads,
            EnumNames.Of(Numerics ?? ProcessNumerics.Current ?? Tensors.Reproducibility.Numerics.Fast)
        );

    /// <summary>The metric that was asked for, or the logit difference.</summary>
    internal Metric MetricOrDefault => Metrics.Named(Metric ?? Metrics.LogitDifference.Name, KlReference);

    /// <summary>What changes the last bits of a result.</summary>
    internal ComputedWith ComputedWith => new(Dtype, Device, Threads, Engine.Numerics);

    /// <summary>Reads the values from a command line.</summary>
    internal static ModelRunOptions Read(ParsedOptions options, CommandContext context)
    {
        options.Refuse(BatchOption, options.Has(MemoryOption), "the batch follows from '--memory'");
        ModelPlace place = context.Model(options.Text(ModelOption), options.TextOrNull(AdapterOption));
        place.MustHaveWeights();
        ModelRunOptions defaults = new()
        {
            Place = place,
            Ignored = IgnoredParts.Read(options),
            Pairs = PairsInput.Read(options),
        };
        return defaults with
        {
            Metric = options.WordOrNull(MetricOption, Metrics.Names),
            KlReference = options.WordOrNull<ReferenceRun>(ReferenceOption),
            Intervention = options.WordOrNull<Intervention>(InterventionOption),
            Batch = options.WholeOrNull(BatchOption, 1, 65_536) ?? defaults.Batch,
            Memory = options.TextOrNull(MemoryOption) is { } memory ? ByteSize.Parse(memory, MemoryOption.Name) : null,
            Dtype = options.WordOrNull(DtypeOption, Dtypes) ?? defaults.Dtype,
            Threads = options.WholeOrNull(ThreadsOption, 1, 1_024) ?? context.Environment.Processors,
            Device = options.WordOrNull(DeviceOption, Devices.Names) ?? defaults.Device,
            Numerics = options.WordOrNull<Numerics>(NumericsOption),
        };
    }
}

/// <summary>What a result was computed with: all that changes its last bits, as a scores file has it.</summary>
internal sealed record ComputedWith(string Dtype, string Device, int Threads, string Numerics);
