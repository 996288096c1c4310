using System.Runtime.InteropServices;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.EngineAssumptions;

/// <summary>A study runs several work items at once, each with a number of threads of its own inside.</summary>
[Collection(ProcessWideState.Name)]
public sealed class Threads
{
    // A work item asks for its threads on the thread on which it then computes.
    [Fact]
    public void Are_as_many_as_asked_for_on_this_thread_and_on_those_that_begin_later()
    {
        (int Here, int Later) more = OnNewThread(() =>
        {
            int before = get_num_threads();
            set_num_threads(before + 1);
            (int Here, int Later) found = (
                Here: get_num_threads() - before,
                Later: OnNewThread(get_num_threads) - before
            );
            set_num_threads(before);
            return found;
        });

        Assert.Equal((1, 1), more);
    }

    // Odd: OpenMP keeps the number by thread.
    [Fact]
    public void Stay_as_many_on_a_thread_that_has_already_computed()
    {
        int change = OnNewThread(() =>
        {
            int before = get_num_threads();
            OnNewThread(() =>
            {
                set_num_threads(before + 1);
                return true;
            });
            int after = get_num_threads();
            set_num_threads(before);
            return after - before;
        });

        Assert.Equal(0, change);
    }

    [Fact]
    public void Compute_the_same_bits_side_by_side()
    {
        using Generator generator = new(1);
        using Tensor x = randn([64, 64], generator: generator);
        using Tensor expected = Pass(x);

        bool[] same = new bool[40];
        Parallel.For(
            0,
            same.Length,
            i =>
            {
                using DisposeScope scope = NewDisposeScope();
                same[i] = Pass(x).Equals(expected);
            }
        );

        Assert.DoesNotContain(false, same);

        static Tensor Pass(Tensor x)
        {
            using DisposeScope scope = NewDisposeScope();
            return nn.functional.gelu(x.mm(x)).softmax(-1).mm(x.t()).mean([0]).MoveToOuterDisposeScope();
        }
    }

    [Fact]
    public void Have_errors_of_their_own() =>
        Parallel.For(
            2,
            40,
            n =>
            {
                using DisposeScope scope = NewDisposeScope();
                ExternalException error = Assert.Throws<ExternalException>(() => ones(1, n).mm(ones(n + 1, 1)));
                Assert.Contains($"1x{n} and {n + 1}x1", error.Message);
            }
        );

    [Fact]
    public void Have_a_gradient_mode_of_their_own()
    {
        using IDisposable frozen = no_grad();

        Assert.True(OnNewThread(is_grad_enabled));
        Assert.False(is_grad_enabled());
    }

    private static T OnNewThread<T>(Func<T> read)
    {
        T? found = default;
        Thread other = new(() => found = read());
        other.Start();
        other.Join();
        return found!;
    }
}
