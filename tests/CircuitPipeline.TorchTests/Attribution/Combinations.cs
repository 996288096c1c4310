using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using Xunit;

namespace CircuitPipeline.TorchTests.Attribution;

/// <summary>What goes together, and what is refused with the reason instead of being silently something else.</summary>
public sealed class Combinations : IDisposable
{
    private static readonly AttributionOptions Options = new();
    private readonly Transformer _model = TinyModel.Create();
    private readonly EncodedPairs _pairs = TinyPairs.Create();

    public static TheoryData<string, Intervention?> Defined => MethodCases.All;

    public void Dispose() => _model.Dispose();

    [Theory]
    [MemberData(nameof(Defined))]
    public void That_are_defined_say_what_they_are(string method, Intervention? intervention)
    {
        bool isMeasuring = AttributionMethods.Named(method).TakesMetric;

        ScoreOrigin origin = MethodCases
            .Create(method, intervention, 2)
            .Attribute(_model, _pairs, Metrics.ProbabilityDifference)
            .Origin;

        Assert.Equal(method, origin.Method);
        Assert.Equal(intervention is { } known ? EnumNames.Of(known) : "none", origin.Intervention);
        Assert.Equal(isMeasuring ? "probability-difference" : "none", origin.Metric);
        Assert.Equal(AttributionMethods.Named(method).TakesSteps ? 3 : null, origin.Steps);
    }

    [Fact]
    public void Have_defaults()
    {
        ScoreOrigin origin = AttributionMethods
            .Create("eap-ig-inputs", Options, 2, TimeProvider.System)
            .Attribute(_model, _pairs, Metrics.LogitDifference)
            .Origin;

        Assert.Equal(
            new ScoreOrigin
            {
                Method = "eap-ig-inputs",
                Steps = 5,
                Quadrature = "left",
                Metric = "logit-difference",
                Intervention = "patching",
                Aggregation = "mean",
                Examples = 6,
            },
            origin
        );
    }

    [Theory]
    [InlineData("eap-ig-inputs", Intervention.Zero)]
    [InlineData("eap-ig-inputs", Intervention.Mean)]
    [InlineData("eap-ig-inputs", Intervention.MeanPositional)]
    [InlineData("clean-corrupted", Intervention.Zero)]
    [InlineData("clean-corrupted", Intervention.Mean)]
    [InlineData("clean-corrupted", Intervention.MeanPositional)]
    public void Of_paths_from_the_corrupted_prompt_with_other_replacements_are_refused(
        string method,
        Intervention other
    )
    {
        string sentence = Refusal(method, Options with { Intervention = other });

        Assert.Equal(
            $"The intervention '{EnumNames.Of(other)}' is not defined for the method '{method}', which takes 'patching'; "
                + "it is for 'eap', 'eap-ig-activations' or 'exact'.",
            sentence
        );
    }

    [Fact]
    public void Are_refused_by_the_methods_themselves_too()
    {
        UndefinedCombinationException integrated = Assert.Throws<UndefinedCombinationException>(() =>
            new EapIgInputs(1, Quadrature.Left, 1, TimeProvider.System, Intervention.Zero)
        );
        Assert.Throws<UndefinedCombinationException>(() =>
            new CleanCorrupted(1, TimeProvider.System, Intervention.Mean)
        );

        Assert.Equal(
            "The method 'eap-ig-inputs' integrates from the corrupted prompt, so it is defined for 'patching' only, not for 'zero'; "
                + "'eap', 'eap-ig-activations' and 'exact' are defined for all.",
            integrated.Message
        );
    }

    [Fact]
    public void Of_methods_and_options_that_they_do_not_take_are_refused()
    {
        Assert.Equal(
            "The method 'exact' takes no steps, but '5' is given; leave it out, or choose 'eap-ig-inputs' or 'eap-ig-activations'.",
            Refusal("exact", Options with { Steps = 5 })
        );
        Assert.Equal(
            "The method 'eap-ig-activations' takes no quadrature, but 'left' is given; leave it out, or choose 'eap-ig-inputs'.",
            Refusal("eap-ig-activations", Options with { Quadrature = Quadrature.Left })
        );
        Assert.Equal(
            "The method 'random' takes no intervention, but 'patching' is given; leave it out, or choose 'eap', 'eap-ig-inputs', "
                + "'eap-ig-activations', 'clean-corrupted' or 'exact'.",
            Refusal("random", Options with { Intervention = Intervention.Patching, Seed = 1 })
        );
        Assert.Equal(
            "The method 'eap' takes no seed, but '3' is given; leave it out, or choose 'random'.",
            Refusal("eap", Options with { Seed = 3 })
        );
        Assert.StartsWith(
            "The method 'exact' takes no aggregation, but 'reference' is given;",
            Refusal("exact", Options with { Aggregation = Aggregation.Reference })
        );
    }

    [Fact]
    public void Of_chance_without_a_seed_are_refused() =>
        Assert.Equal(
            "The method 'random' draws its scores, but no seed is given; give one.",
            Refusal("random", Options)
        );

    [Fact]
    public void Of_no_method_say_which_there_are()
    {
        UnknownNameException error = Assert.Throws<UnknownNameException>(() =>
            AttributionMethods.Create("eap-ig", Options, 2, TimeProvider.System)
        );

        Assert.Equal(
            "The method is 'eap-ig', but 'eap', 'eap-ig-inputs', 'eap-ig-activations', 'clean-corrupted', 'exact', "
                + "'information-flow-routes' or 'random' is allowed.",
            error.Message
        );
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Of_less_than_one_step_or_example_are_refused(int steps, int batch)
    {
        foreach (string method in (string[])["eap-ig-inputs", "eap-ig-activations"])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() =>
                AttributionMethods.Create(method, Options with { Steps = steps }, batch, TimeProvider.System)
            );
        }
    }

    [Fact]
    public void Of_a_divergence_from_the_clean_run_and_gradients_there_are_refused()
    {
        UndefinedCombinationException error = Assert.Throws<UndefinedCombinationException>(() =>
            AttributionMethods.Create("eap", Options, 2, TimeProvider.System).Attribute(_model, _pairs, Metrics.Kl())
        );

        Assert.Equal(
            "The method 'eap' takes the gradient of 'kl-divergence-to-clean' at the clean run only, where it is 0 for every edge, since a "
                + "divergence from the clean run is least there; compare with 'corrupted', or take more points.",
            error.Message
        );
    }

    [Theory]
    [InlineData("eap-ig-inputs", Quadrature.Right)]
    [InlineData("eap-ig-activations", null)]
    public void Of_one_step_that_is_the_clean_run_are_the_same(string method, Quadrature? quadrature)
    {
        AttributionOptions one = Options with { Steps = 1, Quadrature = quadrature };

        Assert.Throws<UndefinedCombinationException>(() =>
            AttributionMethods.Create(method, one, 2, TimeProvider.System).Attribute(_model, _pairs, Metrics.Kl())
        );
        AttributionMethods
            .Create(method, one, 2, TimeProvider.System)
            .Attribute(_model, _pairs, Metrics.Kl(ReferenceRun.Corrupted));
        AttributionMethods
            .Create(method, one with { Steps = 2 }, 2, TimeProvider.System)
            .Attribute(_model, _pairs, Metrics.Kl());
    }

    [Theory]
    [InlineData("eap")]
    [InlineData("eap-ig-inputs")]
    [InlineData("eap-ig-activations")]
    [InlineData("clean-corrupted")]
    public void Of_gradients_and_a_count_are_refused(string method)
    {
        UndefinedCombinationException error = Assert.Throws<UndefinedCombinationException>(() =>
            AttributionMethods
                .Create(method, Options, 2, TimeProvider.System)
                .Attribute(_model, _pairs, Metrics.Accuracy)
        );

        Assert.Equal(
            $"The method '{method}' differentiates the metric, but 'accuracy' has no gradient; measure it with 'exact' or in an evaluation.",
            error.Message
        );
    }

    [Fact]
    public void Of_metrics_and_references_are_refused_where_there_is_none()
    {
        UndefinedCombinationException error = Assert.Throws<UndefinedCombinationException>(() =>
            Metrics.Named("logit-difference", ReferenceRun.Clean)
        );
        UnknownNameException unknown = Assert.Throws<UnknownNameException>(() => Metrics.Named("kl"));

        Assert.Equal(
            "The metric 'logit-difference' compares with no run, but the reference 'clean' is given; only 'kl-divergence' has one.",
            error.Message
        );
        Assert.Equal(
            "The metric is 'kl', but 'logit-difference', 'logit-sum-difference', 'probability-difference', 'kl-divergence' or 'accuracy' is allowed.",
            unknown.Message
        );
    }

    [Fact]
    public void Of_more_edges_than_there_are_say_how_many_there_are()
    {
        EdgeScores scores = new RandomScores(1).Attribute(_model, _pairs, Metrics.LogitDifference);

        ArgumentException error = Assert.Throws<ArgumentException>(() => new TopN(43).Select(scores));

        Assert.Equal("The number of edges is '43', but the graph has 42 edges: choose 1 to 42.", error.Message);
    }

    [Fact]
    public void Have_names()
    {
        Assert.Equal(["patching", "zero", "mean", "mean-positional"], EnumNames.All<Intervention>().ToArray());
        Assert.All(
            EnumNames.All<Intervention>(),
            word => Assert.Equal(word, EnumNames.Of(EnumNames.Parse<Intervention>(word)))
        );
        Assert.Equal(Aggregation.PerExample, EnumNames.Parse<Aggregation>("per-example"));
        UnknownNameException error = Assert.Throws<UnknownNameException>(() => EnumNames.Parse<ReferenceRun>("Clean"));
        Assert.Equal("The reference run is 'Clean', but 'clean' or 'corrupted' is allowed.", error.Message);
    }

    private static string Refusal(string method, AttributionOptions options) =>
        Assert
            .Throws<UndefinedCombinationException>(() =>
                AttributionMethods.Create(method, options, 2, TimeProvider.System)
            )
            .Message;
}
