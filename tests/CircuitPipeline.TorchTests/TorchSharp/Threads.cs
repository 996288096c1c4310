using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

[Collection(ProcessWideState.Name)]
public sealed class Threads
{
    [Fact]
    public void Of_the_engine_are_as_many_as_asked_for()
    {
        int before = get_num_threads();
        set_num_threads(2);
        int during = get_num_threads();
        set_num_threads(before);

        Assert.Equal(2, during);
        Assert.Equal(before, get_num_threads());
    }

    [Fact]
    public void Of_the_program_compute_side_by_side()
    {
        Tensor shared = Elements.Random(1, 16, 16);
        double expected = shared.mm(shared).sum().item<double>();

        Parallel.For(
            0,
            200,
            _ =>
            {
                using var scope = NewDisposeScope();
                Assert.Equal(expected, shared.mm(shared).sum().item<double>(), 9);
            }
        );
    }

    [Fact]
    public void Of_the_program_have_errors_of_their_own() =>
        Parallel.For(
            2,
            60,
            n =>
            {
                using var scope = NewDisposeScope();
                var error = Assert.Throws<System.Runtime.InteropServices.ExternalException>(() =>
                    ones(1, n).mm(ones(n + 1, 1))
                );
                Assert.Contains($"1x{n} and {n + 1}x1", error.Message);
            }
        );

    [Fact]
    public void Of_the_program_differentiate_side_by_side() =>
        Parallel.For(
            1,
            60,
            n =>
            {
                using var scope = NewDisposeScope();
                Tensor x = full([3], n, dtype: float64, requires_grad: true);
                x.pow(2).sum().backward();
                Elements.MustBe(x.grad!, 2 * n, 2 * n, 2 * n);
            }
        );
}
