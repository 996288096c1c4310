using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.References;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Attribution;

/// <summary>Attribution and evaluation with sets of answers, and with none.</summary>
public sealed class CircuitsOfSets : IDisposable
{
    private readonly Transformer _model = FilledModel.Create();
    private readonly EncodedPairs _sets = Answered(index => (1 + index % 3, 1 + index % 4));
    private readonly EncodedPairs _none = Answered(_ => (0, 0));

    public static TheoryData<string> Differences { get; } = [.. Metrics.AgainstAnswers.Select(metric => metric.Name)];

    public static TheoryData<string, Intervention?> Measuring => MethodCases.Measuring;

    public static TheoryData<string> NeedingAnswers { get; } =
    [.. Metrics.AgainstAnswers.Select(metric => metric.Name), "accuracy"];

    public void Dispose() => _model.Dispose();

    // The slow way: its own copies of the residual, every step by itself, and a metric that goes row by row as EAP-IG's does.
    [Theory]
    [InlineData("gpt2", "logit-difference")]
    [InlineData("gpt2", "logit-sum-difference")]
    [InlineData("gpt2", "probability-difference")]
    [InlineData("neox", "logit-difference")]
    [InlineData("neox", "probability-difference")]
    public void Are_scored_by_integrated_gradients_as_in_the_slow_way(string family, string name)
    {
        using Oracle oracle = new(family);
        EncodedPairs single = oracle.Pairs("main");
        EncodedPairs pairs = EncodedPairs.Of(
            Enumerable
                .Range(0, single.Count)
                .Select(row =>
                    single[row] with
                    {
                        Answers = [.. Enumerable.Range(single[row].Answers[0] / 2, 1 + row % 4)],
                        CorruptedAnswers = [.. Enumerable.Range(40, 1 + row % 3)],
                    }
                )
        );
        Metric slow = new(name, (logits, answers) => RowByRow(name, logits, answers));

        double[] expected = EapIgReference.Scores(oracle.Model, pairs, slow, [0, 1 / 3.0, 2 / 3.0]);
        EdgeScores scores = new EapIgInputs(3, Quadrature.Left, 4, TimeProvider.System).Attribute(
            oracle.Model,
            pairs,
            Metrics.Named(name)
        );

        double largest = expected.Max(Math.Abs);
        Assert.True(largest > 1e-3);
        Assert.All(expected.Zip(scores.Values), row => Assert.Equal(row.First, row.Second, 1e-12 * largest));
    }

    [Theory]
    [MemberData(nameof(Measuring))]
    public void Are_scored_in_batches_as_one_by_one(string method, Intervention? intervention)
    {
        EdgeScores alone = Scores(1);
        EdgeScores together = Scores(4);

        Assert.Contains(alone.Values, score => Math.Abs(score) > 1e-5);
        Assert.All(alone.Values.Zip(together.Values), row => Assert.Equal(row.First, row.Second, 1e-12));

        EdgeScores Scores(int batch) =>
            MethodCases.Create(method, intervention, batch).Attribute(_model, _sets, Metrics.ProbabilityDifference);
    }

    [Theory]
    [MemberData(nameof(NeedingAnswers))]
    public void Are_measured_in_batches_as_one_by_one(string metric)
    {
        CircuitEvaluation alone = Evaluate(1);
        CircuitEvaluation together = Evaluate(4);

        Assert.All(alone.Clean.Zip(together.Clean), row => Assert.Equal(row.First, row.Second, 1e-12));
        Assert.All(alone.Circuit.Zip(together.Circuit), row => Assert.Equal(row.First, row.Second, 1e-12));
        Assert.Equal(alone.CleanIsCorrect.ToArray(), together.CleanIsCorrect.ToArray());

        CircuitEvaluation Evaluate(int batch) =>
            new CircuitEvaluator(batch, TimeProvider.System).Evaluate(
                _model,
                Half(_model),
                _sets,
                Metrics.Named(metric)
            );
    }

    [Theory]
    [MemberData(nameof(NeedingAnswers))]
    public void Without_answers_are_refused_before_anything_is_computed(string metric)
    {
        // Whatever were computed would be refused otherwise.
        using (no_grad())
        {
            _model.get_parameter("gpt_neox.embed_in.weight")!.fill_(double.NaN);
        }

        EncodedPairs pairs = EncodedPairs.Of([_sets[0], _sets[1], _none[2], _none[3]]);

        InvalidDataException attributed = Assert.Throws<InvalidDataException>(() =>
            new ExactPatching(2, TimeProvider.System, Intervention.Mean).Attribute(_model, pairs, Metrics.Named(metric))
        );
        InvalidDataException evaluated = Assert.Throws<InvalidDataException>(() =>
            new CircuitEvaluator(2, TimeProvider.System, Intervention.Mean).Evaluate(
                _model,
                Half(_model),
                pairs,
                Metrics.Named(metric)
            )
        );

        string sides = metric == "accuracy" ? "right" : "right and wrong";
        Assert.Equal(
            $"The metric '{metric}' needs {sides} answers, but pair 3 has no right one; give answers to every pair, or measure a divergence, which needs none.",
            attributed.Message
        );
        Assert.Equal(attributed.Message, evaluated.Message);
    }

    [Theory]
    [MemberData(nameof(Differences))]
    public void Without_wrong_answers_are_refused_by_what_compares_with_them(string metric)
    {
        EncodedPairs pairs = EncodedPairs.Of([_sets[0], _sets[1] with { CorruptedAnswers = [] }]);

        string sentence = Assert
            .Throws<InvalidDataException>(() => Metrics.Named(metric).MustBeDefinedFor(pairs))
            .Message;

        Assert.Contains("but pair 2 has no wrong one;", sentence);
    }

    [Fact]
    public void Without_wrong_answers_are_right_or_not()
    {
        EncodedPairs pairs = Answered(index => (1 + index % 3, 0));

        CircuitEvaluation result = Evaluate(pairs, Metrics.Accuracy);

        Assert.Equal(Evaluate(_sets, Metrics.Accuracy).Clean.ToArray(), result.Clean.ToArray());
        Assert.Equal(result.Clean.Average(), result.CleanAccuracy);
    }

    [Theory]
    [InlineData(ReferenceRun.Clean)]
    [InlineData(ReferenceRun.Corrupted)]
    public void Without_answers_diverge_as_with_them(ReferenceRun reference)
    {
        EapIgInputs method = new(3, Quadrature.Left, 4, TimeProvider.System);
        Metric metric = Metrics.Kl(reference);

        CircuitEvaluation with = Evaluate(_sets, metric);
        CircuitEvaluation without = Evaluate(_none, metric);

        Assert.Equal(
            method.Attribute(_model, _sets, metric).Values.ToArray(),
            method.Attribute(_model, _none, metric).Values.ToArray()
        );
        Assert.Equal(with.Circuit.ToArray(), without.Circuit.ToArray());
        Assert.NotNull(with.CircuitAccuracy);
        Assert.Equal((null, null, null), (without.CleanAccuracy, without.CircuitAccuracy, without.CircuitCorrect));
    }

    [Fact]
    public void Of_which_one_has_no_answers_have_no_accuracy()
    {
        EncodedPairs pairs = EncodedPairs.Of([_sets[0], _none[1], _sets[2]]);

        CircuitEvaluation result = Evaluate(pairs, Metrics.Kl());

        Assert.Null(result.CleanAccuracy);
        Assert.Equal(3, result.Total);
    }

    [Theory]
    [InlineData(InformationFlowRoutes.Name)]
    [InlineData(RandomScores.Name)]
    public void Without_answers_are_scored_by_methods_that_read_no_metric(string method)
    {
        EdgeScores scores = MethodCases.Create(method, null, 4).Attribute(_model, _none, Metrics.LogitDifference);

        Assert.Contains(scores.Values, score => score > 0);
    }

    private static Circuit Half(Transformer model)
    {
        ComputationGraph graph = new(model.Config);
        return new Circuit(
            graph,
            Enumerable.Range(0, graph.EdgeCount).Where(edge => edge % 2 == 0),
            SelectionOrigin.Unknown(0)
        );
    }

    private static EncodedPairs Answered(Func<int, (int Right, int Wrong)> sizes)
    {
        EncodedPairs pairs = TinyPairs.Create();
        return EncodedPairs.Of(
            Enumerable
                .Range(0, pairs.Count)
                .Select(index =>
                    pairs[index] with
                    {
                        Answers = [.. Enumerable.Range(index % 4, sizes(index).Right)],
                        CorruptedAnswers = [.. Enumerable.Range(7, sizes(index).Wrong)],
                    }
                )
        );
    }

    private static Tensor RowByRow(string name, Tensor logits, Answers answers)
    {
        Tensor values = name == "probability-difference" ? logits.softmax(-1) : logits;
        return stack([
            .. Enumerable
                .Range(0, (int)values.size(0))
                .Select(row =>
                    Side(values[row], answers.Clean.Ids[row]) - Side(values[row], answers.Corrupted.Ids[row])
                ),
        ]);

        Tensor Side(Tensor row, Tensor ids)
        {
            long[] set = [.. ids.data<long>().ToArray().Distinct()];
            Tensor sum = row[set[0]];
            foreach (long id in set[1..])
            {
                sum = sum + row[id];
            }

            return name == "logit-difference" ? sum / set.Length : sum;
        }
    }

    private CircuitEvaluation Evaluate(EncodedPairs pairs, Metric metric) =>
        new CircuitEvaluator(4, TimeProvider.System).Evaluate(_model, Half(_model), pairs, metric);
}
