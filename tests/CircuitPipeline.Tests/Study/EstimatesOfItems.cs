using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Study;
using CircuitPipeline.Study.Estimates;
using CircuitPipeline.Study.Imports;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

/// <summary>What items are said to take before they run.</summary>
public sealed class EstimatesOfItems
{
    private const double Rate = 1e10;

    private static readonly ExperimentSpec Tiny = Read("tiny");

    [Fact]
    public void Are_there_for_every_item_of_every_committed_study()
    {
        foreach (
            ExperimentSpec spec in (ExperimentSpec[])
                [Tiny, Read("tiny-seeds"), Read("tiny-tasks"), Read("tiny-composition")]
        )
        {
            StudyEstimates estimates = StudyEstimates.Of(spec, StudyInputs.None);
            ItemDecision[] items =
            [
                .. StudyStages
                    .Of(spec)
                    .Stages.SelectMany(stage =>
                        stage.Plan().Select(item => new ItemDecision(stage.Name, item.Name, null, null, "new"))
                    ),
            ];
            string[] computed =
            [
                .. items.Where(item => estimates.Of(item).Operations > 0).Select(item => item.Stage).Distinct(),
            ];

            Assert.Equal(
                [
                    "Pretrain",
                    "FineTune",
                    "AttributeEdges",
                    "EvaluateCircuits",
                    "Retrain",
                    .. spec.Discover.Robustness is null ? (string[])[] : ["EvaluateRobustness"],
                ],
                computed
            );
            Assert.All(
                items,
                item =>
                    Assert.True(
                        estimates.Of(item) is { MemoryBytes: > 50_000_000 and < 2_000_000_000, DiskBytes: > 0 },
                        $"{item.Name}: {estimates.Of(item)}"
                    )
            );
        }
    }

    // Every product of a step counted one by one: forward, by the weights' gradient, and by what goes back.
    [Fact]
    public void Count_the_products_of_pretraining()
    {
        TransformerConfig config = new()
        {
            Architecture = Architecture.GptNeoX,
            NLayers = 2,
            NHeads = 2,
            DModel = 4,
            DMlp = 8,
            DVocab = 10,
            NCtx = 8,
            ParallelBlocks = true,
            RotaryPercent = 0.5,
        };
        double forward = 0;
        for (int token = 0; token < 3 * 5; token++)
        {
            for (int layer = 0; layer < config.NLayers; layer++)
            {
                forward += 2 * (4 * 12 + 4 * 4 + 4 * 8 + 8 * 4);
            }

            forward += 2 * 4 * 10;
        }

        // Two answers to a prompt of one token, and one token's logits each, after 4 and 7 steps.
        double answers = 2 * 2 * (forward / (3 * 5));
        PretrainSpec spec = Tiny.Pretrain! with { Steps = 7, Batch = 3, EvaluateEvery = 4 };

        ItemEstimate estimate = new ModelWork(config).Pretraining(spec, positions: 5, [(Prompts: 2, Positions: 1)]);

        Assert.Equal(7 * 3 * forward + answers, estimate.Operations);
        Assert.Equal(4 * config.ParameterCount, estimate.DiskBytes);
    }

    [Fact]
    public void Grow_with_steps_pairs_and_exact_patching()
    {
        double lora = SecondsOf(Tiny, "FineTune", "lora-0-0");
        ExperimentSpec longer = Tiny with { FineTune = Tiny.FineTune with { Steps = 6000, Checkpoints = [6000] } };
        ExperimentSpec exact = Tiny with { Discover = Tiny.Discover with { Method = "exact", Steps = 1 } };

        Assert.InRange(SecondsOf(longer, "FineTune", "lora-0-0") / lora, 8, 10.5);
        Assert.InRange(
            SecondsOf(exact, "AttributeEdges", "base-0") / SecondsOf(Tiny, "AttributeEdges", "base-0"),
            60,
            200
        );
    }

    [Theory]
    [InlineData(0.4, "under 1 s")]
    [InlineData(42.4, "about 42 s")]
    [InlineData(600, "about 10 min")]
    [InlineData(9000, "about 2.5 h")]
    public void Are_said_in_the_unit_in_which_a_person_would_wait(double seconds, string expected) =>
        Assert.Equal(expected, Amounts.Time(seconds));

    private static double SecondsOf(ExperimentSpec spec, string stage, string item) =>
        StudyEstimates.Of(spec, StudyInputs.None).Of(new ItemDecision(stage, item, null, null, "new")).Seconds(Rate);

    private static ExperimentSpec Read(string name) =>
        SpecReader.ReadFile(Path.Combine(RepositoryRoot.Path, "experiments", $"{name}.yaml"), name);
}
