using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CircuitPipeline.TorchTests.EngineAssumptions;

/// <summary>What <c>Tensor.TotalCount</c> counts: by it tests and benchmarks say that a run keeps nothing.</summary>
[Collection(ProcessWideState.Name)]
public sealed class LiveTensorCounts
{
    public static TheoryData<string, Func<Tensor, Tensor>> Operations =>
        new()
        {
            { "chain", x => x.mm(x).softmax(-1).sum([0]).view(-1, 1).to(float32) },
            { "a number minus a tensor", x => 1 - x },
            { "in place", x => x.clone().mul_(2).add_(x).copy_(x).fill_(1) },
            { "chunk and stack", x => stack([cat(x.chunk(2)), x.detach()]) },
            { "layer norm", x => F.layer_norm(x, [2]) },
            { "cross entropy", x => F.cross_entropy(x, zeros([2], dtype: int64)) },
            { "gradient", Gradient },
            { "failed operation", Failed },
        };

    [Theory]
    [MemberData(nameof(Operations))]
    public void Are_the_same_after_a_scope(string operation, Func<Tensor, Tensor> make)
    {
        using Tensor x = ones([2, 2], dtype: float64);
        long before = LiveTensors.Count();

        Tensor result;
        using (NewDisposeScope())
        {
            result = make(x).MoveToOuterDisposeScope();
        }

        result.Dispose();

        Assert.True(before == Tensor.TotalCount, $"{operation}: {Tensor.TotalCount - before} more.");
    }

    // Outside a scope the house writes no such operator.
    [Fact]
    public void Keep_what_an_operator_makes_on_the_way_until_the_collector_finds_it()
    {
        using Tensor x = ones(2);
        long before = LiveTensors.Count();

        (1 - x).Dispose();

        Assert.Equal(before + 1, Tensor.TotalCount);
        Assert.Equal(before, LiveTensors.Count());
    }

    // Odd: the tensor that becomes a parameter is never counted out, so models cannot be made while one counts.
    [Fact]
    public void Grow_by_one_for_ever_with_every_parameter_made_of_a_tensor()
    {
        long before = LiveTensors.Count();

        nn.Parameter(ones(2)).Dispose();
        using (nn.Linear(2, 2).to(float64)) { }
        using (nn.LayerNorm(2)) { }
        using (nn.Embedding(2, 2, device: CPU, dtype: float64)) { }

        Assert.Equal(before + 1 + 4 + 2 + 0, LiveTensors.Count());
    }

    private static Tensor Gradient(Tensor x)
    {
        Tensor leaf = x.clone().requires_grad_();
        leaf.pow(2).sum().backward();
        return autograd.grad([leaf.pow(2).sum()], [leaf])[0] + leaf.grad!;
    }

    private static Tensor Failed(Tensor x)
    {
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => x.mm(ones([3, 3], dtype: float64)));
        return x.clone();
    }
}
