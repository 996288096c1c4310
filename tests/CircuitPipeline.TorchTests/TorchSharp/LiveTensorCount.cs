using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CircuitPipeline.TorchTests.Engine;

/// <summary>How many tensors each family of operations leaves alive.</summary>
[Collection(ProcessWideState.Name)]
public sealed class LiveTensorCount
{
    private static readonly Tensor Index = tensor(new long[] { 1, 0 });
    private static readonly Tensor Picks = tensor(
        new long[,]
        {
            { 1, 0 },
        }
    );

    // Without it the two would be made when they are first used, inside some test's scope, and die with that.
    static LiveTensorCount() { }

    /// <summary>Operations that make one tensor from a [2, 2] of Float64, and no other on the way.</summary>
    public static TheoryData<string, Func<Tensor, Tensor>> OneResult =>
        new()
        {
            { "factory", _ => zeros(2, 2) },
            { "from array", _ => tensor(new[] { 1.0, 2 }) },
            { "from array, converted", _ => tensor(new[] { 1.0, 2 }, dtype: float32) },
            { "arithmetic", x => x + x },
            { "with a number", x => x * 2 },
            { "comparison", x => x.gt(0) },
            { "reduction", x => x.sum() },
            { "reduction along a dimension", x => x.mean([0]) },
            { "variance", x => x.var([0]) },
            { "product", x => x.mm(x) },
            { "einsum", x => einsum("ij,jk->ik", x, x) },
            { "view", x => x.view(4) },
            { "transpose", x => x.t() },
            { "conversion", x => x.to(float32) },
            { "conversion to itself", x => x.to(float64) },
            { "clone", x => x.clone() },
            { "one position", x => x[0] },
            { "range", x => x[.., 1..] },
            { "number, range and new axis", x => x[0, 1.., TensorIndex.None] },
            { "index tensor", x => x[Index] },
            { "index tensor beside a range", x => x[TensorIndex.Colon, TensorIndex.Tensor(Index)] },
            { "truth value", x => x[TensorIndex.Bool(true)] },
            { "gather", x => x.gather(1, Picks) },
            { "softmax", x => F.softmax(x, 1) },
            { "layer norm", x => F.layer_norm(x, [2]) },
            { "cross entropy", x => F.cross_entropy(x, Index) },
            { "cat", x => cat([x, x]) },
            { "stack", x => stack([x, x]) },
            { "detach", x => x.detach() },
        };

    /// <summary>The same within a scope, where composed operations may make others on the way.</summary>
    public static TheoryData<string, Func<Tensor, Tensor>> InScope =>
        new()
        {
            { "a number minus a tensor", x => 1 - x },
            { "a number over a tensor", x => 1 / x },
            { "in place", x => x.clone().mul_(2).add_(x).fill_(1) },
            { "assignment", Assigned },
            { "split", x => x.split(1)[0] },
            { "max", x => x.max(0).values },
            { "topk", x => x.topk(1).values },
            { "attention", x => F.scaled_dot_product_attention(x, x, x, is_casual: true) },
            { "autograd", x => Gradient(x) },
            { "failed operation", Failed },
        };

    [Theory]
    [MemberData(nameof(OneResult))]
    public void Grows_by_one_result(string family, Func<Tensor, Tensor> operation)
    {
        using Tensor x = Elements.Random(1, 2, 2);
        operation(x).Dispose();
        long before = Settled();

        Tensor result = operation(x);
        long during = Tensor.TotalCount;
        result.Dispose();

        Assert.True(during - before == 1, $"{family}: {during - before} more.");
        Assert.Equal(during - 1, Tensor.TotalCount);
    }

    [Theory]
    [MemberData(nameof(InScope))]
    public void Is_the_same_after_a_scope(string family, Func<Tensor, Tensor> operation)
    {
        using Tensor x = Elements.Random(1, 2, 2);
        long before = Settled();

        Tensor result;
        using (NewDisposeScope())
            result = operation(x).MoveToOuterDisposeScope();
        result.Dispose();

        Assert.True(before == Tensor.TotalCount, $"{family}: {Tensor.TotalCount - before} more.");
    }

    // The original leaves the intermediate results to the finalizer here.
    [Fact]
    [Trait("Supply", "stand-in")]
    public void Grows_by_one_also_where_an_operator_is_composed()
    {
        using Tensor x = Elements.Random(1, 2, 2);
        long before = Settled();

        using Tensor difference = 1 - x;
        using Tensor quotient = 1 / x;
        using Tensor attention = F.scaled_dot_product_attention(x, x, x, is_casual: true);

        Assert.Equal(before + 3, Tensor.TotalCount);
    }

    [Fact]
    public void Is_the_same_after_training_steps()
    {
        using Sequential model = nn.Sequential(nn.Linear(2, 4), nn.GELU(), nn.LayerNorm(4), nn.Linear(4, 2));
        using AdamW optimizer = optim.AdamW(model.parameters());
        using Tensor x = ones(3, 2);
        using Tensor target = zeros([3], dtype: int64);
        Train();
        long before = Settled();

        for (int i = 0; i < 3; i++)
            Train();

        Assert.Equal(before, Tensor.TotalCount);

        void Train()
        {
            using var scope = NewDisposeScope();
            model.zero_grad();
            F.cross_entropy(model.call(x), target).backward();
            nn.utils.clip_grad_norm_(model.parameters(), 1);
            optimizer.step();
        }
    }

    [Fact]
    public void Falls_when_the_collector_finds_a_forgotten_tensor()
    {
        long before = Settled();
        Forget();
        Assert.True(Tensor.TotalCount > before);
        Assert.True(Tensor.PeakCount >= Tensor.TotalCount);

        Assert.Equal(before, Settled());
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Forget() => ones(2).add_(1);

    // Other tests' forgotten tensors must not be finalized while one counts.
    private static long Settled()
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return Tensor.TotalCount;
    }

    private static Tensor Assigned(Tensor x)
    {
        Tensor copy = x.clone();
        copy[0, 1..] = x[1, 1..];
        copy[TensorIndex.Colon, TensorIndex.Tensor(Index)] = x;
        return copy;
    }

    private static Tensor Gradient(Tensor x)
    {
        Tensor leaf = x.clone().requires_grad_();
        Tensor loss = leaf.pow(2).sum();
        loss.backward(retain_graph: true);
        return autograd.grad([loss], [leaf])[0] + leaf.grad!;
    }

    private static Tensor Failed(Tensor x)
    {
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => x.mm(ones([3, 3], dtype: float64)));
        return x.clone();
    }
}
