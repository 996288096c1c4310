using System.Runtime.InteropServices;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

public sealed class ShapeMismatch
{
    private static string Message(Func<Tensor> operation) =>
        Assert.Throws<ExternalException>(() => operation()).Message;

    [Fact]
    public void In_mm_names_both_shapes() => Assert.Contains("2x3 and 2x3", Message(() => ones(2, 3).mm(ones(2, 3))));

    [Fact]
    public void In_add_names_both_sizes()
    {
        string message = Message(() => ones(2, 3) + ones(2, 4));

        Assert.Contains("(3)", message);
        Assert.Contains("(4)", message);
    }

    [Fact]
    public void In_cat_names_both_sizes()
    {
        string message = Message(() => cat([ones(2, 3), ones(2, 4)], 0));

        Assert.Contains("3", message);
        Assert.Contains("4", message);
    }

    [Fact]
    public void In_view_names_the_shape() => Assert.Contains("[4, 4]", Message(() => ones(2, 3).view(4, 4)));

    [Fact]
    public void Leaves_the_engine_usable()
    {
        Message(() => ones(2, 3).mm(ones(2, 3)));

        Elements.MustBe(ones(2, 3).mm(ones(3, 1)), 3, 3);
    }

    // The original's native matmul catches nothing: there the exception crosses into managed code and aborts the process.
    [Fact]
    [Trait("Supply", "stand-in")]
    public void In_matmul_names_both_shapes() =>
        Assert.Contains("2x3 and 2x3", Message(() => ones(2, 3).matmul(ones(2, 3))));
}
