using CircuitPipeline.Attribution;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Tensors;
using CircuitPipeline.Testing;
using CircuitPipeline.TorchTests.Attribution;
using CircuitPipeline.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.SafeCalls;

/// <summary>With a thread that collects garbage all the time, calls that take a number give the same bits as without it.</summary>
/// <remarks>In 300,000 calls with implicit scalars about a hundred are wrong or fail (TorchSharp 0.107.0, two processors).</remarks>
[Collection(ProcessWideState.Name)]
public sealed class NumbersWhileGarbageIsCollected
{
    private static readonly Func<Tensor, Tensor>[] Calls =
    [
        x => x.Plus(1.5),
        x => x.Plus(x),
        x => x.Times(0.37),
        x => x.DividedBy(3.7),
        x => x.AtLeast(0.25),
        x => x.FilledWhere(x.isnan(), double.NegativeInfinity),
        x => x.IsEqualTo(0.5).to(ScalarType.Float64),
        x => x.clone().PlusInPlace(0.1),
        x => x.clone().PlusInPlace(x, 0.3),
        x => x.clone().TimesInPlace(1.1),
        x => x.clone().DivideInPlace(1.3),
        x => x.clone().PlusProductInPlace(x, x, -0.7),
        x => x.clone().PlusQuotientInPlace(x, x.exp(), 0.9),
        x => Numbers.Range(3, 67, x.device).to(ScalarType.Float64),
    ];

    [Fact]
    public void Give_the_same_bits_20_000_times() => MustGiveTheSameBits(20_000);

    [Fact]
    [Slow]
    public void Give_the_same_bits_300_000_times() => MustGiveTheSameBits(300_000);

    [Fact]
    public void Give_the_same_scores_and_the_same_training()
    {
        (double[] Scores, double[] Losses) quiet = ScoresAndLosses();

        using (new GarbageCollection())
        {
            for (int i = 0; i < 5; i++)
            {
                (double[] scores, double[] losses) = ScoresAndLosses();
                Assert.Equal(quiet.Scores, scores);
                Assert.Equal(quiet.Losses, losses);
            }
        }
    }

    private static void MustGiveTheSameBits(int calls)
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new(1);
        Tensor input = randn(64, dtype: float64, generator: random);
        Tensor[] expected = [.. Calls.Select(call => call(input))];

        using GarbageCollection collection = new();
        for (int i = 0; i < calls; i++)
        {
            using DisposeScope inner = NewDisposeScope();
            int which = i % Calls.Length;
            Assert.True(Calls[which](input).Equals(expected[which]), $"Call {which} differs in round {i}.");
        }

        Assert.InRange(collection.Count, calls / 1_000, int.MaxValue);
    }

    private static (double[] Scores, double[] Losses) ScoresAndLosses()
    {
        using Transformer model = TinyModel.Create();
        var scores = new EapIgInputs(3, Quadrature.Left, 2, TimeProvider.System).Attribute(
            model,
            TinyPairs.Create(),
            Metrics.LogitDifference
        );
        Vocabulary words = new([.. "abcdefghi".Select(letter => $"{letter}"), "<pad>", "<eos>"]);
        using TrainingRows rows = TrainingRows.OfCorpus(Corpus.OfText(["a b c d", "b c d e"], words), CPU);
        using Generator random = new(2);
        using LoraAdapter adapter = LoraAdapter.Attach(model, _ => 2, 2, random);
        TrainingOptions options = new()
        {
            Steps = 20,
            Batch = 2,
            LearningRate = 0.01,
            Schedule = _ => 1,
            WeightDecay = 0.1,
        };
        double[] losses = new Trainer(options, TimeProvider.System).Train(
            model,
            adapter.Parameters,
            rows,
            new SeededRandom(1),
            _ => { },
            default
        );
        return ([.. scores.Values], losses);
    }

    /// <summary>Collects, and runs finalizers, until it is disposed.</summary>
    private sealed class GarbageCollection : IDisposable
    {
        private readonly Thread _thread;
        private volatile bool _isOver;
        private int _count;

        internal GarbageCollection()
        {
            _thread = new Thread(() =>
            {
                while (!_isOver)
                {
                    GC.Collect(0, GCCollectionMode.Forced, blocking: true);
                    Interlocked.Increment(ref _count);
                }
            });
            _thread.Start();
        }

        /// <summary>Collections so far.</summary>
        internal int Count => _count;

        public void Dispose()
        {
            _isOver = true;
            _thread.Join();
        }
    }
}
