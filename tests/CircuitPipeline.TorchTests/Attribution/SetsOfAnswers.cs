using System.Collections.Immutable;
using CircuitPipeline.Attribution;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Attribution;

/// <summary>Metrics over sets of answers, beside numbers computed by hand.</summary>
public sealed class SetsOfAnswers : IDisposable
{
    // Probabilities 1/11, 2/11, 3/11, 4/11, 1/11.
    private static readonly double[] Run = [0, Math.Log(2), Math.Log(3), Math.Log(4), 0];
    private static readonly Metric[] Differences =
    [
        Metrics.LogitDifference,
        Metrics.LogitSumDifference,
        Metrics.ProbabilityDifference,
    ];

    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string> Measured { get; } = [.. Differences.Select(metric => metric.Name)];

    public void Dispose() => _scope.Dispose();

    // (ln 2 + ln 4)/2 - (0 + ln 3 + 0)/3; ln 2 + ln 4 - ln 3; (2 + 4 - 1 - 3 - 1)/11. One answer each: ln 4 - ln 2; (4 - 2)/11.
    [Theory]
    [InlineData("logit-difference", new[] { 1, 3 }, new[] { 0, 2, 4 }, 0.6735166746172146)]
    [InlineData("logit-sum-difference", new[] { 1, 3 }, new[] { 0, 2, 4 }, 0.9808292530117262)]
    [InlineData("probability-difference", new[] { 1, 3 }, new[] { 0, 2, 4 }, 0.09090909090909091)]
    [InlineData("logit-difference", new[] { 3 }, new[] { 1 }, 0.6931471805599453)]
    [InlineData("logit-sum-difference", new[] { 3 }, new[] { 1 }, 0.6931471805599453)]
    [InlineData("probability-difference", new[] { 3 }, new[] { 1 }, 0.18181818181818182)]
    [InlineData("logit-difference", new[] { 3 }, new[] { 0, 1 }, 1.0397207708399179)]
    [InlineData("accuracy", new[] { 1, 3 }, new[] { 0 }, 1)]
    [InlineData("accuracy", new[] { 1, 2 }, new[] { 3 }, 0)]
    [InlineData("accuracy", new[] { 3 }, new int[0], 1)]
    public void Have_the_values_that_were_computed_by_hand(string metric, int[] right, int[] wrong, double value)
    {
        Tensor values = Metrics.Named(metric).Of(tensor(Run, [1, 5]), Answers([right], [wrong]));

        Assert.Equal(value, values.item<double>(), 1e-15);
    }

    [Theory]
    [MemberData(nameof(Measured))]
    public void Of_several_sizes_give_in_one_batch_what_each_gives_alone(string metric)
    {
        int[][] right =
        [
            [1, 3],
            [2],
            [0, 1, 2, 3],
            [4],
        ];
        int[][] wrong =
        [
            [0],
            [4, 3],
            [4],
            [0],
        ];
        Tensor logits = randn([4, 5], float64, CPU);

        double[] together = Values(logits, right, wrong);

        for (int row = 0; row < 4; row++)
        {
            Assert.Equal(
                Assert.Single(Values(logits.narrow(0, row, 1), [right[row]], [wrong[row]])),
                together[row],
                1e-15
            );
        }

        double[] Values(Tensor run, int[][] right, int[][] wrong) =>
            Metrics.Named(metric).Of(run, Answers(right, wrong)).data<double>().ToArray();
    }

    [Fact]
    public void Of_several_sizes_are_right_or_wrong_each_by_itself()
    {
        Tensor logits = tensor(Run, [1, 5]).repeat(3, 1);

        Tensor values = Metrics.Accuracy.Of(
            logits,
            Answers(
                [
                    [0, 3],
                    [1],
                    [],
                ],
                [
                    [1],
                    [1],
                    [1],
                ]
            )
        );

        Assert.Equal([1.0, 0, 0], values.data<double>().ToArray());
    }

    // A short set is padded with its own token, which must not count again, not even by its gradient.
    [Theory]
    [MemberData(nameof(Measured))]
    public void Have_the_gradients_of_finite_differences(string name)
    {
        const double step = 1e-6;
        Metric metric = Metrics.Named(name);
        Answers answers = Answers(
            [
                [1, 3],
                [2],
            ],
            [
                [0, 2, 4],
                [3, 4],
            ]
        );
        Tensor logits = tensor([.. Run, .. Run.Reverse()], [2, 5]).requires_grad_();

        Tensor gradient = autograd.grad([metric.Of(logits, answers).sum()], [logits])[0]; // [batch, d_vocab]

        for (int row = 0; row < 2; row++)
        {
            for (int token = 0; token < 5; token++)
            {
                double slope = (At(row, token, step) - At(row, token, -step)) / (2 * step);
                Assert.Equal(slope, gradient[row, token].item<double>(), 1e-9);
            }
        }

        double At(int row, int token, double change)
        {
            double[] moved = [.. Run, .. Run.Reverse()];
            moved[row * 5 + token] += change;
            return metric.Of(tensor(moved, [2, 5]), answers).sum().item<double>();
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Of_one_each_give_the_bits_of_what_is_gathered(ScalarType type)
    {
        Tensor logits = randn([64, 50], type, CPU);
        int[] right = [.. Enumerable.Range(0, 64).Select(row => row % 50)];
        int[] wrong = [.. right.Select(id => (id * 7 + 3) % 50)];
        Answers answers = Answers(Each(right), Each(wrong));

        Assert.Equal(Bytes(Difference(logits)), Bytes(Metrics.LogitDifference.Of(logits, answers)));
        Assert.Equal(Bytes(Difference(logits)), Bytes(Metrics.LogitSumDifference.Of(logits, answers)));
        Assert.Equal(Bytes(Difference(logits.softmax(-1))), Bytes(Metrics.ProbabilityDifference.Of(logits, answers)));

        Tensor Difference(Tensor values) => At(values, right) - At(values, wrong);

        Tensor At(Tensor values, int[] ids) =>
            values.gather(1, tensor([.. ids.Select(id => (long)id)], [64, 1])).squeeze(1);
    }

    // Where another example of the batch has more, the masked way is taken.
    [Theory]
    [MemberData(nameof(Measured))]
    public void Of_one_each_give_the_same_beside_larger_ones(string metric)
    {
        Tensor logits = randn([3, 5], float64, CPU);

        Tensor alone = Metrics
            .Named(metric)
            .Of(
                logits.narrow(0, 0, 2),
                Answers(
                    [
                        [1],
                        [2],
                    ],
                    [
                        [0],
                        [4],
                    ]
                )
            );
        Tensor beside = Metrics
            .Named(metric)
            .Of(
                logits,
                Answers(
                    [
                        [1],
                        [2],
                        [0, 1, 3],
                    ],
                    [
                        [0],
                        [4],
                        [2, 4],
                    ]
                )
            );

        Assert.Equal(alone.data<double>().ToArray(), beside.narrow(0, 0, 2).data<double>().ToArray(), Within(1e-15));
    }

    // Of a vocabulary that is padded, logits are set to -infinity by some models: they must not reach other examples' sets.
    [Fact]
    public void Are_not_reached_by_tokens_outside()
    {
        Tensor logits = tensor([double.NegativeInfinity, 1.0, 2, double.NegativeInfinity, 1, 3], [2, 3]);

        Tensor values = Metrics.LogitDifference.Of(
            logits,
            Answers(
                [
                    [1],
                    [1, 2],
                ],
                [
                    [2],
                    [1],
                ]
            )
        );

        Assert.Equal([-1.0, 1], values.data<double>().ToArray());
    }

    private static int[][] Each(int[] ids) => [.. ids.Select(id => (int[])[id])];

    private static byte[] Bytes(Tensor values) => values.contiguous().bytes.ToArray();

    private static Func<double, double, bool> Within(double bound) => (a, b) => Math.Abs(a - b) <= bound;

    private static Answers Answers(int[][] right, int[][] wrong) => new(Sets(right), Sets(wrong));

    private static AnswerSets Sets(int[][] sets) => AnswerSets.Of([.. sets.Select(set => set.ToImmutableArray())], CPU);
}
