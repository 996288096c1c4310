using System.Runtime.InteropServices;
using Xunit;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CircuitPipeline.TorchTests.EngineAssumptions;

/// <summary>Calls that throw when a shape or an index does not fit; those that end the process are in <see cref="FatalCalls"/>.</summary>
public sealed class ShapeErrors
{
    private static readonly Tensor Far = tensor(new long[] { 0, 7 });

    public static TheoryData<string, Action> Calls =>
        new()
        {
            { "mm", () => ones(2, 3).mm(ones(2, 3)) },
            { "bmm", () => ones(1, 2, 3).bmm(ones(1, 2, 3)) },
            { "linear", () => F.linear(ones(2, 3), ones(4, 5)) },
            { "outer", () => ones(2, 2).outer(ones(2)) },
            { "add", () => ones(2, 3).add(ones(2, 4)) },
            { "copy_", () => ones(2, 3).copy_(ones(4)) },
            { "addcmul_", () => ones(2).addcmul_(ones(3), ones(3), 1) },
            { "view", () => ones(2, 3).view(4, 4) },
            { "reshape", () => ones(2, 3).reshape(4) },
            { "unflatten", () => ones(2, 5).unflatten(1, 2, 3) },
            { "flatten", () => ones(2, 3).flatten(0, 7) },
            { "permute", () => ones(2, 3).permute(0, 0) },
            { "transpose", () => ones(2, 3).transpose(0, 7) },
            { "expand", () => ones(2, 3).expand(5, -1) },
            { "narrow", () => ones(2, 3).narrow(1, 2, 5) },
            { "select", () => ones(2, 3).select(0, 5) },
            { "size", () => ones(2).size(3) },
            { "cat", () => cat([ones(2, 3), ones(2, 4)], 0) },
            { "stack", () => stack([ones(2, 3), ones(2, 4)]) },
            { "masked_fill", () => ones(2, 3).masked_fill(ones(4, dtype: ScalarType.Bool), 0) },
            { "gather", () => ones(2, 3).gather(1, Far.unsqueeze(0)) },
            { "index_select", () => ones(2, 3).index_select(1, Far) },
            { "embedding", () => nn.Embedding(3, 2).forward(Far) },
            { "layer norm", () => nn.LayerNorm(4).forward(ones(2, 3)) },
            { "cross entropy", () => F.cross_entropy(ones(2, 3), Far) },
            { "memory", () => empty([1L << 50]) },
        };

    [Theory]
    [MemberData(nameof(Calls))]
    public void Are_exceptions(string call, Action make)
    {
        ExternalException error = Assert.Throws<ExternalException>(make);

        Assert.False(string.IsNullOrWhiteSpace(error.Message), call);
        Elements.MustBe(ones(1, 2).mm(ones(2, 1)), 2);
    }
}
