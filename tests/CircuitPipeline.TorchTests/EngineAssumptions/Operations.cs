using Xunit;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CircuitPipeline.TorchTests.EngineAssumptions;

/// <summary>Where a wrapper could change memory, argument order or a default without a word.</summary>
public sealed class Operations
{
    /// <summary>Views of a <c>[2, 3]</c>; the memory that a run declares counts them as nothing.</summary>
    public static TheoryData<string, Func<Tensor, Tensor>> Views =>
        new()
        {
            { "view", x => x.view(3, -1) },
            { "narrow", x => x.narrow(-1, 1, 2) },
            { "select", x => x.select(0, 1) },
            { "chunk", x => x.chunk(3, -1)[1] },
            { "unbind", x => x.unbind()[1] },
            { "unflatten", x => x.unflatten(1, 3, -1) },
            { "flatten", x => x.flatten(0, 1) },
            { "unsqueeze and squeeze", x => x.unsqueeze(1).squeeze(1) },
            { "permute", x => x.permute(1, 0) },
            { "expand", x => x.select(0, 0).expand(2, -1) },
            { "alias", x => x.alias() },
            { "conversion to itself", x => x.detach().to(float64).to(CPU).cpu().contiguous() },
        };

    [Theory]
    [MemberData(nameof(Views))]
    public void That_only_look_elsewhere_share_the_memory(string view, Func<Tensor, Tensor> make)
    {
        Tensor x = ones([2, 3], dtype: float64);
        Tensor made = make(x);

        made.fill_(7);

        Assert.True(x.eq(7).any().item<bool>(), view);
    }

    // They are changed in place afterwards, and what they were made of must stay.
    [Fact]
    public void That_repeat_or_stack_copy()
    {
        Tensor x = ones([2, 3], dtype: float64);

        x.repeat(1, 1).fill_(7);
        stack([x]).fill_(7);
        x.t().contiguous().fill_(7);

        Elements.MustBe(x, 1, 1, 1, 1, 1, 1);
    }

    [Fact]
    public void In_place_return_the_tensor_itself()
    {
        Tensor x = tensor(new[] { -1.0, 2 });
        Tensor sum = zeros(2, dtype: float64);

        Assert.Same(sum, sum.copy_(x).add_(x, alpha: 2));
        Assert.Same(sum, sum.addcmul_(x, x, -1));
        Elements.MustBe(sum, -4, 2);
        Assert.Same(sum, sum.mul_(x).sub_(x).div_(x).fill_(3));
    }

    // The most likely token of an answer.
    [Fact]
    public void Argmax_takes_the_first_of_equals() => Elements.MustBe(cat([zeros(300), ones(300)]).argmax(-1), 300);

    // Where no query may look, the weight is exactly 0, and so is the gradient.
    [Fact]
    public void Masking_by_minus_infinity_leaves_no_weight_and_no_gradient()
    {
        Tensor scores = ones([2, 3], dtype: float64).requires_grad_();
        Tensor future = ones(2, 3, ScalarType.Bool, CPU).triu(1 + 1);

        Tensor pattern = scores.masked_fill(future, double.NegativeInfinity).softmax(-1);
        Tensor gradient = autograd.grad([pattern.select(1, 0).sum()], [scores])[0];

        Assert.Equal(0, pattern[0, 2].item<double>());
        Elements.MustBe(pattern.select(0, 0), 0.5, 0.5, 0);
        Elements.MustBe(gradient.select(0, 0), 0.25, -0.25, 0);
    }

    // What checkpoints call "gelu"; "gelu_new" is written out in the MLP.
    [Fact]
    public void Gelu_is_the_exact_one_by_the_error_function() =>
        Elements.MustBe(F.gelu(tensor(new[] { -1.0, 2 })), 1e-12, [-0.15865525393145707, 1.9544997361036416]);

    // Positions without a target have no part in the loss, nor in its mean.
    [Fact]
    public void Cross_entropy_averages_over_the_targets_that_are_not_ignored()
    {
        Tensor logits = tensor(new[] { 0.0, 1, 2, 3, 5, 5 }, [3, 2]);

        double Loss(params long[] targets) =>
            F.cross_entropy(logits, tensor(targets), ignore_index: -100).item<double>();

        Assert.Equal((Math.Log(1 + Math.Exp(-1)) + Math.Log(2)) / 2, Loss(1, -100, 0), 1e-12);
        Assert.Equal(double.NaN, Loss(-100, -100, -100));
    }

    // Odd: the batches come first, what is added comes last.
    [Fact]
    public void Baddbmm_adds_its_last_argument_to_the_product_of_the_first_two() =>
        Elements.MustBe(ones(1, 1, 2).baddbmm(ones(1, 2, 1), full([1, 1, 1], 10f)), 12);
}
