using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

public sealed class ModuleComponents
{
    [Fact]
    public void Are_named_by_their_fields_or_attributes()
    {
        using TwoLayers model = new();

        Assert.Equal(
            [
                "first.bias",
                "first.weight",
                "more.0.weight",
                "more.1.bias",
                "more.1.weight",
                "norm.bias",
                "norm.weight",
                "scale",
            ],
            model.named_parameters().Select(found => found.name).Order()
        );
        Assert.Equal(["offset"], model.named_buffers().Select(found => found.name));
        Assert.Equal(["first", "more", "norm"], model.named_children().Select(found => found.name).Order());
    }

    [Fact]
    public void Come_level_by_level()
    {
        using TwoLayers model = new();

        string[] names = [.. model.named_modules().Select(found => found.name)];

        Assert.Equal(["first", "more", "norm"], names[..3].Order());
        Assert.Equal(["more.0", "more.1"], names[3..]);
        Assert.Equal(names.Length, model.modules().Count());
        Assert.Equal(3, model.children().Count());
    }

    [Fact]
    public void Are_found_by_path()
    {
        using TwoLayers model = new();

        Assert.Same(model.Scale, model.get_parameter("scale"));
        Assert.Same(model.First.weight, model.get_parameter("first.weight"));
        Assert.Null(model.get_parameter("first.nothing"));
        Assert.Null(model.get_parameter("nothing.weight"));
        Assert.Equal("TwoLayers", model.GetName());
        Assert.Equal(8, model.parameters().Count());
        Assert.Same(model.Scale, Assert.Single(model.parameters(recurse: false)));
        Assert.Same(model.Offset, Assert.Single(model.buffers()));
    }

    [Fact]
    public void That_are_shared_are_named_once()
    {
        using Linear inner = nn.Linear(2, 2);
        using Sequential twice = nn.Sequential(("a", inner), ("b", inner));

        Assert.Equal(["a.bias", "a.weight"], twice.named_parameters().Select(found => found.name).Order());
    }

    [Fact]
    public void Cannot_be_registered_twice_or_with_a_dotted_name()
    {
        using TwoLayers model = new();

        Assert.Throws<InvalidOperationException>(() => model.register_module("norm", nn.ReLU()));
        Assert.Throws<InvalidOperationException>(() => model.register_parameter("scale", nn.Parameter(ones(1))));
        Assert.Throws<InvalidOperationException>(() => model.register_buffer("offset", ones(1)));
        Assert.Throws<ArgumentException>(() => model.register_module("a.b", nn.ReLU()));
    }

    [Fact]
    public void Can_be_added_by_name()
    {
        using TwoLayers model = new();

        model.add_module("last", nn.Linear(1, 1));
        model.register_buffer("hidden", ones(1), persistent: false);

        Assert.NotNull(model.get_parameter("last.bias"));
        Assert.DoesNotContain("hidden", model.state_dict().Keys);
    }

    [Fact]
    public void Are_visited_children_first()
    {
        using TwoLayers model = new();
        List<string> visited = [];

        model.apply(module => visited.Add(module.GetName()));

        Assert.Equal("TwoLayers", visited[^1]);
        Assert.Equal(3, visited.Count(name => name == "Linear"));
    }

    [Fact]
    public void Switch_mode_together()
    {
        Dropout dropout = nn.Dropout(0.9);
        using Sequential model = nn.Sequential(dropout, nn.Linear(2, 2));
        Assert.True(model.training);

        model.eval();

        Assert.All(model.modules(), module => Assert.False(module.training));
        Elements.MustBe(dropout.call(ones(3)), 1, 1, 1);
        model.train();
        Assert.All(model.modules(), module => Assert.True(module.training));
    }

    [Fact]
    public void Outlive_the_scope_they_were_made_in_when_a_layer_owns_them()
    {
        Linear linear;
        LayerNorm norm;
        Embedding embedding;
        using (NewDisposeScope())
            (linear, norm, embedding) = (nn.Linear(2, 2), nn.LayerNorm(2), nn.Embedding(2, 2));

        Assert.Equal([1, 2], norm.call(linear.call(embedding.call(zeros([1], dtype: int64)))).shape);
    }

    [Fact]
    public void Lose_their_gradients_together()
    {
        using TwoLayers model = new();
        model.call(ones(4, 2)).sum().backward();

        Assert.NotNull(model.Scale.grad);

        model.zero_grad();

        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void End_with_their_module()
    {
        TwoLayers model = new();
        Parameter[] parameters = [.. model.parameters()];

        model.Dispose();

        Assert.All(parameters, parameter => Assert.True(parameter.IsInvalid));
        Assert.True(model.Offset.IsInvalid);
    }
}
