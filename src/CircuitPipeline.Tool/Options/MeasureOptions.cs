using System.CommandLine;
using CircuitPipeline.Attribution;
using CircuitPipeline.Study.Verbs;
using CircuitPipeline.Tensors;

namespace CircuitPipeline.Tool;

/// <summary>The options of the verbs that run a model on prompt pairs.</summary>
internal sealed class MeasureOptions
{
    private static readonly string[] Dtypes = ["float32", "float64", "bfloat16"];

    private readonly Option<string> _model = Choice.Required(
        "--model",
        "DIR",
        "The model's folder: 'config.json', its weights, and 'vocabulary.json' where pairs are texts."
    );

    private readonly Option<string> _pairs = Choice.Required(
        "--pairs",
        "FILE.jsonl",
        """Rows {"clean": [ids], "corrupted": [ids], "label": [right, wrong]}."""
    );

    private readonly Option<string> _metric = Choice.Optional(
        "--metric",
        string.Join('|', Metrics.Names),
        "What is measured; by default 'logit-difference'."
    );

    private readonly Option<string> _reference = Choice.Optional(
        "--kl-reference",
        "clean|corrupted",
        "The run that 'kl-divergence' compares with; by default 'clean'."
    );

    private readonly Option<string> _intervention = Choice.Optional(
        "--intervention",
        string.Join('|', EnumNames.All<Intervention>()),
        "What replaces an edge's value; by default 'patching'."
    );

    private readonly Option<string> _batch = Choice.Optional("--batch", "N", "Pairs computed at once; by default 8.");

    private readonly Option<string> _memory = Choice.Optional(
        "--memory",
        "SIZE",
        "Instead of '--batch': the memory that may be used, as '12GB'; the batch is the largest that keeps it."
    );

    private readonly Option<string> _dtype = Choice.Optional(
        "--dtype",
        string.Join('|', Dtypes),
        "What to compute in; by default 'float32'."
    );

    private readonly Option<string> _threads = Choice.Optional(
        "--threads",
        "N",
        "Threads inside this computation, by default one per processor; sums may differ in the last bits with it."
    );

    private readonly Option<string> _device = Choice.Optional(
        "--device",
        "cpu|cuda",
        "Where to compute; by default 'cpu'."
    );

    private readonly Option<string> _numerics = Choice.Optional(
        "--numerics",
        string.Join('|', EnumNames.All<Numerics>()),
        "Which instructions to compute with, by default 'fast'; 'reproducible' gives the same bits on every x64 processor with AVX2."
    );

    internal Option[] All =>
        [_model, _pairs, _metric, _reference, _intervention, _batch, _memory, _dtype, _threads, _device, _numerics];

    internal MeasureRequest Read(Given given, Work work)
    {
        given.Refuse(_batch, given.Has(_memory), "the batch follows from '--memory'");
        MeasureRequest request = new() { Model = given.Text(_model), Pairs = given.Text(_pairs) };
        return request with
        {
            Metric = given.WordOrNull(_metric, Metrics.Names),
            KlReference = given.WordOrNull<ReferenceRun>(_reference),
            Intervention = given.WordOrNull<Intervention>(_intervention),
            Batch = given.WholeOrNull(_batch, 1, 65_536) ?? request.Batch,
            Memory = given.TextOrNull(_memory) is { } memory ? ByteSize.Parse(memory, _memory.Name) : null,
            Dtype = given.WordOrNull(_dtype, Dtypes) ?? request.Dtype,
            Threads = given.WholeOrNull(_threads, 1, 1_024) ?? work.Surroundings.Processors,
            Device = given.WordOrNull(_device, ["cpu", "cuda"]) ?? request.Device,
            Numerics = given.WordOrNull<Numerics>(_numerics),
            Warn = work.Surroundings.Error.WriteLine,
        };
    }
}
