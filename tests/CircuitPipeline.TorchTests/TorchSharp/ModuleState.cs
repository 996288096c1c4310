using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

public sealed class ModuleState
{
    [Fact]
    public void Holds_parameters_and_buffers_by_name()
    {
        using TwoLayers model = new();

        Dictionary<string, Tensor> state = model.state_dict();

        Assert.Equal(9, state.Count);
        Assert.Same(model.Scale, state["scale"]);
        Assert.Same(model.Offset, state["offset"]);
        Assert.Contains("x.first.weight", model.state_dict(prefix: "x").Keys);
    }

    [Fact]
    public void Loads_into_another_module()
    {
        using TwoLayers source = new();
        using TwoLayers target = new();
        Tensor input = Elements.Random(1, 4, 2).to(float32);

        var (missing, unexpected) = target.load_state_dict(source.state_dict());

        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.True(target.call(input).Equals(source.call(input)));
        Assert.True(target.Scale.requires_grad);
        Assert.NotSame(source.Scale, target.Scale);
    }

    [Fact]
    public void Must_match_unless_told_otherwise()
    {
        using TwoLayers model = new();
        Dictionary<string, Tensor> state = new(model.state_dict()) { ["extra"] = ones(1) };
        state.Remove("scale");

        Assert.Throws<InvalidOperationException>(() => model.load_state_dict(state));
        var (missing, unexpected) = model.load_state_dict(state, strict: false);

        Assert.Equal(["scale"], missing);
        Assert.Equal(["extra"], unexpected);
    }

    [Fact]
    public void Skips_what_it_is_told_to_skip()
    {
        using TwoLayers source = new();
        using TwoLayers target = new();
        source.Scale.bytes = zeros(3).bytes;

        target.load_state_dict(source.state_dict(), skip: ["scale"]);

        Elements.MustBe(target.Scale, 1, 1, 1);
    }

    [Fact]
    public void Changes_its_type_with_the_module()
    {
        using TwoLayers model = new();
        Tensor input = Elements.Random(1, 4, 2);
        Tensor before = model.call(input.to(float32));

        TwoLayers same = model.to(float64);

        Assert.Same(model, same);
        Assert.All(model.state_dict().Values, tensor => Assert.Equal(ScalarType.Float64, tensor.dtype));
        Assert.Same(model.Scale, model.get_parameter("scale"));
        Assert.Equal(ScalarType.Float64, model.First.weight.dtype);
        Assert.True(model.Scale.requires_grad && model.Scale.is_leaf);
        Elements.MustBe(model.call(input), 1e-5, Elements.Of(before));
    }

    [Fact]
    public void Takes_its_gradients_along()
    {
        using TwoLayers model = new();
        model.call(ones(4, 2)).sum().backward();
        double[] before = Elements.Of(model.Scale.grad!);

        model.to(float64);

        Assert.Equal(ScalarType.Float64, model.Scale.grad!.dtype);
        Elements.MustBe(model.Scale.grad!, before);
    }

    [Fact]
    public void Keeps_the_very_same_tensors_where_nothing_changes()
    {
        using TwoLayers model = new();
        var (scale, offset) = (model.Scale, model.Offset);

        model.to(CPU).to(float32).cpu();

        Assert.Same(scale, model.Scale);
        Assert.Same(offset, model.Offset);
    }

    [Fact]
    public void Cannot_be_made_of_whole_numbers()
    {
        using TwoLayers model = new();

        Assert.Throws<ArgumentException>(() => model.to(int64));
    }
}
