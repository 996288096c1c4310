using CircuitPipeline.Tensors.Calls;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.TensorsRoom;

/// <summary>What is refused before the native call that would end the process.</summary>
public sealed class CallsThatWouldEndTheProcess : IDisposable
{
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(new long[] { 2, 3 }, new long[] { 2, 3 })]
    [InlineData(new long[] { 3 }, new long[] { 2, 3 })]
    [InlineData(new long[] { 2, 3 }, new long[] { 2 })]
    [InlineData(new long[] { }, new long[] { 2, 3 })]
    [InlineData(new long[] { 4, 2, 3 }, new long[] { 5, 3, 2 })]
    public void Products_of_shapes_that_do_not_fit(long[] left, long[] right)
    {
        string message = Assert.Throws<ArgumentException>(() => zeros(left).MatMul(zeros(right))).Message;

        Assert.StartsWith(
            $"A tensor of shape [{string.Join(", ", left)}] cannot be multiplied by one of shape [{string.Join(", ", right)}]: ",
            message
        );
    }

    [Theory]
    [InlineData(new long[] { 2, 3 }, new long[] { 3, 4 }, new long[] { 2, 4 })]
    [InlineData(new long[] { 3 }, new long[] { 3, 4 }, new long[] { 4 })]
    [InlineData(new long[] { 2, 3 }, new long[] { 3 }, new long[] { 2 })]
    [InlineData(new long[] { 3 }, new long[] { 3 }, new long[] { })]
    [InlineData(new long[] { 5, 1, 2, 3 }, new long[] { 4, 3, 2 }, new long[] { 5, 4, 2, 2 })]
    [InlineData(new long[] { 2, 0 }, new long[] { 0, 3 }, new long[] { 2, 3 })]
    public void Others_are_multiplied(long[] left, long[] right, long[] product) =>
        Assert.Equal(product, zeros(left).MatMul(zeros(right)).shape);

    [Fact]
    public void Products_of_two_element_types() =>
        Assert.Equal(
            "A tensor of 'Float32' on 'cpu' cannot be multiplied by one of 'Float64' on 'cpu'; convert one of them.",
            Assert.Throws<ArgumentException>(() => ones(2, 2).MatMul(ones(2, 2, float64))).Message
        );

    [Fact]
    public void Products_of_truth_values() =>
        Assert.Equal(
            "Tensors of 'Bool' cannot be multiplied as matrices; convert them.",
            Assert
                .Throws<ArgumentException>(() => ones(2, 2, ScalarType.Bool).MatMul(ones(2, 2, ScalarType.Bool)))
                .Message
        );

    [Fact]
    public void Gradients_for_nothing() =>
        Assert.Equal(
            "There is nothing to differentiate by; give at least one input.",
            Assert.Throws<ArgumentException>(() => GuardedCalls.Gradients(ones(2).requires_grad_().sum(), [])).Message
        );

    [Fact]
    public void Gradients_of_what_was_computed_without()
    {
        Tensor input = ones(2).requires_grad_();

        Assert.Equal(
            "A tensor of shape [] was computed without gradients, so it cannot be differentiated.",
            Assert.Throws<ArgumentException>(() => GuardedCalls.Gradients(ones(2).sum(), [input])).Message
        );
        Assert.Equal(
            "A tensor of shape [2] is not one number, so it cannot be differentiated.",
            Assert.Throws<ArgumentException>(() => GuardedCalls.Gradients(input.exp(), [input])).Message
        );
    }

    [Fact]
    public void Gradients_for_what_does_not_take_part()
    {
        Tensor input = ones(2).requires_grad_();
        Tensor aside = ones(3).requires_grad_();

        Assert.Equal(
            "The output does not depend on input 2 of shape [3], so there is no gradient for it.",
            Assert.Throws<ArgumentException>(() => GuardedCalls.Gradients(input.sum(), [input, aside])).Message
        );
        Assert.Equal(
            "The output does not depend on input 1 of shape [4], so there is no gradient for it.",
            Assert.Throws<ArgumentException>(() => GuardedCalls.Gradients(input.sum(), [ones(4)])).Message
        );
    }

    [Fact]
    public void A_second_backward_pass_through_a_freed_graph()
    {
        Tensor input = ones(2).requires_grad_();
        Tensor loss = input.exp().sum();

        Tensor gradient = Assert.Single(GuardedCalls.Gradients(loss, [input]));

        Assert.Equal(Math.E, gradient[1].item<float>(), 1e-6);
        Assert.Equal(
            "The graph of this tensor was freed when it was differentiated before; compute the tensor again.",
            Assert.Throws<InvalidOperationException>(() => GuardedCalls.Gradients(loss, [input])).Message
        );
    }

    [Fact]
    public void Fewer_threads_than_one() =>
        Assert.Throws<ArgumentOutOfRangeException>("threads", () => GuardedCalls.UseThreads(0));
}
