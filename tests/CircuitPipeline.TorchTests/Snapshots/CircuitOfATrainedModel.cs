using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Study;
using CircuitPipeline.Testing;
using CircuitPipeline.Verify;
using Xunit;

namespace CircuitPipeline.TorchTests.Snapshots;

using static CircuitPipeline.Verify.CircuitVerifier;

/// <summary>
/// The default study in small, from the corpus to the circuits. With fast numerics training differs in the last bits between
/// processors, for which a learning rate that differs by three such bits stands here.
/// </summary>
public sealed class CircuitOfATrainedModel : IDisposable
{
    private static readonly SnapshotTolerance Tolerance = new()
    {
        Absolute = 1e-4,
        Relative = 0.02,
        EdgeFlips = 2,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("5e-3")]
    [InlineData("5.000001e-3")]
    public async Task Is_the_accepted_one_whatever_the_last_bits(string learningRate)
    {
        Write(learningRate);

        Run();

        await VerifyCircuit(Read("base-0"), Tolerance).UseMethodName("Before_fine_tuning").DisableRequireUniquePrefix();
        await VerifyDiff(CircuitDiff.Between(Read("base-0"), Read("tuned-0-6")), Tolerance)
            .UseMethodName("What_fine_tuning_changed")
            .DisableRequireUniquePrefix();
    }

    private Circuit Read(string model) =>
        CircuitFile.Read(_folder.File("artifacts", "small", "SelectCircuits", model, "circuit-20.json"));

    private void Run()
    {
        PipelineSession session = StudySession.Open(
            new StudyOptions
            {
                RootFolder = _folder.Path,
                Experiment = "small",
                Jobs = 1,
                Output = TextWriter.Null,
            }
        );
        foreach (string stage in (string[])["GenerateData", "Pretrain", "FineTune", "AttributeEdges", "SelectCircuits"])
        {
            session.RunStage(stage);
        }
    }

    private void Write(string learningRate)
    {
        string small = SmallSpec.Changed(
            ("study: tiny", "study: small"),
            ("n_layers: 6", "n_layers: 2"),
            ("lines: 192000", "lines: 1280"),
            ("steps: 1500", "steps: 40"),
            ("batch: 128", "batch: 32"),
            ("lr: 5e-3 # high", $"lr: {learningRate} # high"),
            ("warmup_steps: 50", "warmup_steps: 8"),
            ("evaluate_every: 250", "evaluate_every: 20"),
            ("steps: 600\n  batch: 64", "steps: 6\n  batch: 16"),
            ("warmup_steps: 20", "warmup_steps: 1"),
            ("checkpoints: [60, 150, 300, 600]", "checkpoints: [6]"),
            ("train: 4300", "train: 200"),
            ("circuit: 500", "circuit: 24"),
            ("perturbed_percent: [10, 30, 50, 70, 90]", "perturbed_percent: [50]"), // of 4 pairs
            ("test: 2000", "test: 40")
        );

        Directory.CreateDirectory(_folder.File("experiments"));
        File.WriteAllText(_folder.File("experiments", "small.yaml"), small);
    }
}
