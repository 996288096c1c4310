using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

public sealed class DisposeScopes
{
    [Fact]
    public void Dispose_what_was_made_inside()
    {
        Tensor inside;
        using (NewDisposeScope())
            inside = ones(2) + 1;

        Assert.True(inside.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => inside.numel());
    }

    [Fact]
    public void Leave_what_was_made_outside()
    {
        Tensor outside = ones(2);
        using (NewDisposeScope())
            outside.add_(1);

        Elements.MustBe(outside, 2, 2);
    }

    [Fact]
    public void Hand_results_to_the_outer_scope()
    {
        Tensor moved;
        using (var outer = NewDisposeScope())
        {
            using (NewDisposeScope())
                moved = (ones(2) * 3).MoveToOuterDisposeScope();
            Assert.True(outer.Contains(moved));
            Elements.MustBe(moved, 3, 3);
        }

        Assert.True(moved.IsInvalid);
    }

    [Fact]
    public void Let_results_go_where_there_is_no_outer_scope()
    {
        Tensor moved;
        using (var scope = NewDisposeScope())
            moved = scope.MoveToOuter(ones(2));

        Elements.MustBe(moved, 1, 1);
    }

    [Fact]
    public void Forget_detached_tensors()
    {
        Tensor detached;
        Tensor byScope;
        using (var scope = NewDisposeScope())
        {
            detached = ones(2).DetachFromDisposeScope();
            byScope = scope.Detach(ones(1));
            Assert.Equal(0, scope.DisposablesCount);
        }

        Assert.False(detached.IsInvalid || byScope.IsInvalid);
    }

    [Fact]
    public void Adopt_attached_tensors()
    {
        Tensor outside = ones(2);
        using (var scope = NewDisposeScope())
            scope.Attach(outside);

        Assert.True(outside.IsInvalid);
    }

    [Fact]
    public void Move_tensors_to_one_another()
    {
        using var outer = NewDisposeScope();
        Tensor anchor = ones(1);
        Tensor moved;
        using (NewDisposeScope())
        {
            moved = ones(2).MoveToOtherDisposeScope(anchor);
            ones(3).MoveToOtherDisposeScope(outer);
        }

        Assert.Equal(3, outer.DisposablesCount);
        Assert.True(outer.Contains(moved));
    }

    [Fact]
    public void Take_tensors_of_no_scope_when_moved()
    {
        Tensor free = ones(1);
        using (var scope = NewDisposeScope())
            free.MoveToOtherDisposeScope(scope);

        Assert.True(free.IsInvalid);
    }

    [Fact]
    public void Dispose_all_but_what_is_kept_by_identity()
    {
        using var scope = NewDisposeScope();
        Tensor kept = ones(2);
        Tensor equal = ones(2);

        scope.DisposeEverythingBut(kept);

        Assert.False(kept.IsInvalid);
        Assert.True(equal.IsInvalid);
        scope.DisposeEverything();
        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void Dispose_after_an_exception()
    {
        Tensor? inside = null;

        void Fail()
        {
            using var scope = NewDisposeScope();
            inside = ones(2);
            throw new InvalidOperationException();
        }

        Assert.Throws<InvalidOperationException>(Fail);

        Assert.True(inside!.IsInvalid);
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void Close_out_of_order()
    {
        DisposeScope outer = NewDisposeScope();
        DisposeScope inner = NewDisposeScope();

        outer.Dispose();
        Tensor made = ones(2);

        Assert.Same(inner, CurrentDisposeScope);
        inner.Dispose();
        Assert.True(made.IsInvalid);
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void Belong_to_their_thread()
    {
        using var scope = NewDisposeScope();
        Tensor? elsewhere = null;

        Thread other = new(() => elsewhere = CurrentDisposeScope is null ? ones(2) : null);
        other.Start();
        other.Join();

        Assert.NotNull(elsewhere);
        Assert.False(scope.Contains(elsewhere));
    }

    [Fact]
    public void Can_be_closed_by_another_thread()
    {
        DisposeScope scope = NewDisposeScope();
        Tensor inside = ones(2);

        Thread other = new(scope.Dispose);
        other.Start();
        other.Join();

        Assert.True(inside.IsInvalid);
        Assert.Null(CurrentDisposeScope);
        Elements.MustBe(ones(1), 1);
    }

    [Fact]
    public void Are_of_no_use_once_closed()
    {
        DisposeScope scope = NewDisposeScope();
        scope.Dispose();
        scope.Dispose();

        Assert.Throws<ObjectDisposedException>(() => scope.Attach(ones(1)));
        Assert.Throws<ObjectDisposedException>(() => scope.DisposablesCount);
    }

    [Fact]
    public void Manage_tensors_only()
    {
        using var scope = NewDisposeScope();

        Assert.Throws<InvalidOperationException>(() => scope.Attach(new MemoryStream()));
    }

    [Fact]
    public void Count_a_tensor_until_it_is_disposed()
    {
        using var scope = NewDisposeScope();
        Tensor inside = ones(2);
        Assert.Same(inside, Assert.Single(scope.DisposablesView));

        inside.Dispose();

        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void Keep_a_parameter_in_the_place_of_its_data()
    {
        using var scope = NewDisposeScope();
        Tensor data = ones(2);

        Tensor parameter = nn.Parameter(data);

        Assert.True(data.IsInvalid);
        Assert.Same(parameter, Assert.Single(scope.DisposablesView));
    }

    [Fact]
    public void Wrap_a_whole_expression()
    {
        using var outer = NewDisposeScope();

        Tensor result = WrappedTensorDisposeScope(() => ones(2) + ones(2) * 2);

        Elements.MustBe(result, 3, 3);
        Assert.True(outer.Contains(result));
    }
}
