using System.Reflection;
using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.Testing;
using CircuitPipeline.TorchTests.Attribution;
using CircuitPipeline.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.SafeCalls;

/// <summary>With a thread that collects garbage all the time, calls that take a number give the same bits as without it.</summary>
/// <remarks>
/// With implicit scalars in place of these calls about one in 10,000 fails (TorchSharp 0.107.0, two processors; 16 of 139,000, then
/// the process ended). Each test runs in a process of its own, where a collection takes microseconds: behind other tests it takes milliseconds.
/// </remarks>
public sealed class NumbersWhileGarbageIsCollected
{
    // Arithmetic alone: the first exp of a process once gave other last bits than its second.
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
        x => x.clone().PlusQuotientInPlace(x, x.AtLeast(0.5), 0.9),
        x => Numbers.Range(3, 16_387, x.device).to(ScalarType.Float64),
        x => x.to(ScalarType.BFloat16).Wide(),
    ];

    private static readonly Dictionary<string, Action> Runs = new()
    {
        ["20,000 calls"] = () => MustGiveTheSameBits(20_000),
        ["300,000 calls"] = () => MustGiveTheSameBits(300_000),
        ["scores and training"] = MustGiveTheSameScoresAndLosses,
    };

    [Theory]
    [InlineData("20,000 calls")]
    [InlineData("scores and training")]
    public void Give_the_same_bits(string run) => ChildProcess.MustSucceed(run);

    [Fact]
    public void Are_tried_in_every_way_that_there_is()
    {
        CompiledCode compiled = CompiledCode.Of(typeof(NumbersWhileGarbageIsCollected).Assembly.Location);
        string[] tried =
        [
            .. compiled
                .Calls.Where(method =>
                    method.Key.Contains(nameof(NumbersWhileGarbageIsCollected), StringComparison.Ordinal)
                )
                .SelectMany(method => method.Value),
        ];

        Assert.Empty(
            typeof(Numbers)
                .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(method =>
                    !tried.Any(call =>
                        call.StartsWith($"{typeof(Numbers).FullName}::{method.Name}(", StringComparison.Ordinal)
                    )
                )
                .Select(method => method.Name)
        );
    }

    [Fact]
    [Slow]
    public void Give_the_same_bits_300_000_times() => ChildProcess.MustSucceed("300,000 calls");

    /// <summary>One of the runs, in this process; null where the name is of none.</summary>
    internal static Action? Named(string run) => Runs.GetValueOrDefault(run);

    private static void MustGiveTheSameScoresAndLosses()
    {
        (double[] Scores, double[] Losses) quiet = ScoresAndLosses();

        using (new GarbageCollection(always: true))
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
        // A call of some microseconds, for a collection to fall into.
        Tensor input = randn(16_384, dtype: float64, generator: random);
        Tensor[] expected = [.. Calls.Select(call => call(input))];

        using GarbageCollection collection = new();
        for (int i = 0; i < calls; i++)
        {
            using DisposeScope inner = NewDisposeScope();
            int which = i % Calls.Length;
            collection.Begin();
            Tensor found = Calls[which](input);
            Assert.True(found.Equals(expected[which]), $"Call {which} differs in round {i}.");
            // A busy machine may not have let the other thread run.
            while (collection.Count < i / 4)
            {
                Thread.Yield();
            }
        }

        Assert.InRange(collection.Count, (calls - 1) / 4, int.MaxValue);
    }

    private static (double[] Scores, double[] Losses) ScoresAndLosses()
    {
        using Transformer model = TinyModel.Create();
        EdgeScores scores = new EapIgInputs(3, Quadrature.Left, 2, TimeProvider.System).Attribute(
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

    /// <summary>Collects until it is disposed, but once for each beginning at most: without a pause nothing else would run.</summary>
    private sealed class GarbageCollection : IDisposable
    {
        private readonly Thread _thread;
        private volatile bool _isOver;
        private int _begun;
        private int _count;

        /// <param name="always">Whether it begins by itself, about every fifth of a millisecond.</param>
        internal GarbageCollection(bool always = false)
        {
            _thread = new Thread(() =>
            {
                int seen = 0;
                while (!_isOver)
                {
                    if (always)
                    {
                        Thread.SpinWait(20_000);
                    }
                    else if (Volatile.Read(ref _begun) == seen)
                    {
                        continue;
                    }

                    seen = Volatile.Read(ref _begun);
                    GC.Collect(0, GCCollectionMode.Forced, blocking: true);
                    _count++;
                }
            });
            _thread.Start();
        }

        /// <summary>Collections so far.</summary>
        internal int Count => Volatile.Read(ref _count);

        public void Dispose()
        {
            _isOver = true;
            _thread.Join();
        }

        /// <summary>Begins one on the other thread, while this one goes on.</summary>
        internal void Begin() => Interlocked.Increment(ref _begun);
    }
}
