using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

public sealed class GradientMode
{
    private readonly Tensor x = ones([2], requires_grad: true);

    [Fact]
    public void Is_off_inside_no_grad_only()
    {
        using (no_grad())
            Assert.False((x * 2).requires_grad);

        Assert.True((x * 2).requires_grad);
        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void Nests()
    {
        using (no_grad())
        {
            using (enable_grad())
                Assert.True((x * 2).requires_grad);
            Assert.False(is_grad_enabled());
        }

        using (set_grad_enabled(false))
        using (set_grad_enabled(true))
            Assert.True(is_grad_enabled());
    }

    [Fact]
    public void Returns_after_an_exception()
    {
        void Fail()
        {
            using IDisposable frozen = no_grad();
            throw new InvalidOperationException();
        }

        Assert.Throws<InvalidOperationException>(Fail);

        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void Belongs_to_the_thread()
    {
        bool isEnabledElsewhere = false;
        using IDisposable frozen = no_grad();

        Thread other = new(() => isEnabledElsewhere = is_grad_enabled());
        other.Start();
        other.Join();

        Assert.True(isEnabledElsewhere);
        Assert.False(is_grad_enabled());
    }

    [Fact]
    public void Off_allows_changing_leaves_in_place()
    {
        using IDisposable frozen = no_grad();

        x.add_(1);

        Elements.MustBe(x, 2, 2);
    }
}
