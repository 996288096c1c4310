using System.Collections.Immutable;
using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.References;
using CircuitPipeline.Testing;
using CircuitPipeline.TorchTests.Models.Families;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Attribution;

/// <summary>On small random models of every family and every optional part, the fast methods against the nodewise reference.</summary>
public sealed class ScoresOfEveryFamily
{
    private const double Tolerance = 1e-10;

    // Models of which edges are not defined.
    private static readonly string[] Refused =
    [
        "olmo2-grouped",
        "olmo2-wide-heads",
        "olmo2-attention-biases",
        "published-olmo2",
        "gemma2-attention-biases",
    ];

    // A token that sees only itself does not see that another was replaced.
    private static readonly string[] Blind = ["mistral-window-of-one"];

    public static TheoryData<string> Cases => [.. Allowed];

    // One of each family where a method takes long; the others are slow tests.
    public static TheoryData<string> PublishedCases => [.. Allowed.Where(IsPublished)];

    public static TheoryData<string> OtherCases => [.. Allowed.Where(name => !IsPublished(name))];

    public static TheoryData<string> RefusedCases => [.. Refused];

    private static IEnumerable<string> Allowed =>
        FamilyCases.All.Keys.Where(name => !Refused.Contains(name) && !Blind.Contains(name));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_integrated_gradients_are_those_of_separate_copies(string name) =>
        MustAgree(
            name,
            new EapIgInputs(3, Quadrature.Midpoint, 4, TimeProvider.System),
            (model, pairs) =>
                EapIgReference.Scores(model, pairs, Metrics.LogitDifference, Quadrature.Midpoint.Points(3))
        );

    [Slow]
    [Theory]
    [MemberData(nameof(OtherCases))]
    public void Of_replaced_activations_are_those_of_separate_copies_in_every_part(string name) =>
        Of_replaced_activations_are_those_of_separate_copies(name);

    [Theory]
    [MemberData(nameof(PublishedCases))]
    public void Of_replaced_activations_are_those_of_separate_copies(string name) =>
        MustAgree(
            name,
            new EapIgActivations(2, 4, TimeProvider.System, Intervention.Mean),
            (model, pairs) =>
                EapIgActivationsReference.Scores(
                    model,
                    pairs,
                    Metrics.LogitDifference,
                    [0.5, 1],
                    AblationActivations.Of(
                        Intervention.Mean,
                        model,
                        pairs,
                        new BatchLoop(3, TimeProvider.System),
                        CancellationToken.None
                    )
                )
        );

    [Slow]
    [Theory]
    [MemberData(nameof(OtherCases))]
    public void Of_patched_edges_are_what_circuits_without_them_lose_in_every_part(string name) =>
        Of_patched_edges_are_what_circuits_without_them_lose(name);

    [Theory]
    [MemberData(nameof(PublishedCases))]
    public void Of_patched_edges_are_what_circuits_without_them_lose(string name)
    {
        using Transformer model = Loaded(name);
        EncodedPairs pairs = Pairs(model, 3);
        ComputationGraph graph = new(model.Config);
        // Every edge would take long: all of some sources and all to some readers are among these.
        int[] edges = [.. Enumerable.Range(0, graph.EdgeCount).Where(edge => edge % (1 + graph.EdgeCount / 60) == 0)];
        int[] all = [.. Enumerable.Range(0, graph.EdgeCount)];

        EdgeScores scores = new ExactPatching(4, TimeProvider.System).Attribute(model, pairs, Metrics.LogitDifference);

        ImmutableArray<CircuitEvaluation> without = new CircuitEvaluator(8, TimeProvider.System).EvaluateAll(
            model,
            [.. edges.Select(edge => new Circuit(graph, all.Except([edge]), SelectionOrigin.Unknown(all.Length - 1)))],
            pairs,
            Metrics.LogitDifference
        );
        double largest = scores.Values.Max(Math.Abs);
        Assert.True(largest > 1e-6);
        Assert.All(
            edges.Zip(without),
            pair =>
                Assert.Equal(
                    pair.Second.Faithfulness.Clean - pair.Second.Faithfulness.Circuit,
                    scores.Values[pair.First],
                    Tolerance * Math.Max(1, largest)
                )
        );
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_the_whole_graph_give_the_model_and_of_none_the_corrupted_prompt(string name)
    {
        using Transformer model = Loaded(name);
        EncodedPairs pairs = Pairs(model, 4);
        ComputationGraph graph = new(model.Config);
        Circuit whole = new(graph, Enumerable.Range(0, graph.EdgeCount), SelectionOrigin.Unknown(graph.EdgeCount));
        Circuit none = new(graph, [], SelectionOrigin.Unknown(0));

        ImmutableArray<CircuitEvaluation> results = new CircuitEvaluator(8, TimeProvider.System).EvaluateAll(
            model,
            [whole, none],
            pairs,
            Metrics.LogitDifference
        );

        Assert.Equal(results[0].Faithfulness.Clean, results[0].Faithfulness.Circuit, Tolerance);
        Assert.Equal(results[1].Faithfulness.Corrupted, results[1].Faithfulness.Circuit, Tolerance);
    }

    [Slow]
    [Theory]
    [MemberData(nameof(OtherCases))]
    public void From_the_input_sum_to_the_difference_of_the_prompts_in_every_part(string name) =>
        From_the_input_sum_to_the_difference_of_the_prompts(name);

    [Theory]
    [MemberData(nameof(PublishedCases))]
    public void From_the_input_sum_to_the_difference_of_the_prompts(string name)
    {
        using Transformer model = Loaded(name);
        EncodedPairs pairs = Pairs(model, 2);

        EdgeScores scores = new EapIgInputs(400, Quadrature.Midpoint, 4, TimeProvider.System).Attribute(
            model,
            pairs,
            Metrics.LogitDifference
        );

        double sum = Enumerable
            .Range(0, scores.Graph.EdgeCount)
            .Where(edge => scores.Graph.EdgeAt(edge).Source is InputNode)
            .Sum(edge => scores.Values[edge]);
        CircuitEvaluation ends = new CircuitEvaluator(8, TimeProvider.System).Evaluate(
            model,
            new Circuit(scores.Graph, [], SelectionOrigin.Unknown(0)),
            pairs,
            Metrics.LogitDifference
        );
        double difference = ends.Faithfulness.Clean - ends.Faithfulness.Corrupted;
        Assert.Equal(difference, sum, 1e-2 * Math.Max(1, Math.Abs(difference)));
    }

    [Theory]
    [MemberData(nameof(RefusedCases))]
    public void Are_refused_where_an_edge_is_not_defined(string name)
    {
        using Transformer model = Loaded(name);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            new Eap(4, TimeProvider.System).Attribute(model, Pairs(model, 2), Metrics.LogitDifference)
        );

        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    private static bool IsPublished(string name) => FamilyCases.Published.Contains(name) || name is "olmo2-defaults";

    private static void MustAgree(string name, IEdgeAttribution fast, Func<Transformer, EncodedPairs, double[]> slow)
    {
        using Transformer model = Loaded(name);
        using DisposeScope scope = NewDisposeScope();
        EncodedPairs pairs = Pairs(model, 5);

        double[] expected = slow(model, pairs);
        EdgeScores scores = fast.Attribute(model, pairs, Metrics.LogitDifference);

        double largest = expected.Max(Math.Abs);
        Assert.True(largest > 1e-6);
        Assert.All(
            expected.Zip(scores.Values),
            pair => Assert.Equal(pair.First, pair.Second, Tolerance * Math.Max(1, largest))
        );
    }

    private static Transformer Loaded(string name)
    {
        using FamilyFolder folder = new(FamilyCases.All[name]);
        return Checkpoint.Load(folder.Path, float64, CPU);
    }

    // Prompts of 6 and 7 tokens, of which the second differs: the windows of the cases are 1 to 5.
    private static EncodedPairs Pairs(Transformer model, int count)
    {
        SeededRandom random = new(3);
        int words = model.Config.DVocab;
        return EncodedPairs.Of(
            Enumerable
                .Range(0, count)
                .Select(index =>
                {
                    int[] clean = [.. Enumerable.Range(0, 6 + index % 2).Select(_ => random.Between(0, words - 1))];
                    int[] corrupted = [.. clean];
                    corrupted[1] = (clean[1] + 1) % words;
                    int answer = random.Between(0, words - 1);
                    return new EncodedPair([.. clean], [.. corrupted], answer, (answer + 1) % words);
                })
        );
    }
}
