using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.EngineAssumptions;

/// <summary>Models name their parts by their family; names are keys of checkpoints, and their order is that of drawing.</summary>
public sealed class Modules
{
    private static readonly string[] Names =
    [
        "blocks.0.table.weight",
        "blocks.0.norm.weight",
        "blocks.0.norm.bias",
        "blocks.0.map.weight",
        "blocks.0.map.bias",
        "blocks.1.table.weight",
        "blocks.1.norm.weight",
        "blocks.1.norm.bias",
        "blocks.1.map.weight",
        "blocks.1.map.bias",
    ];

    [Fact]
    public void List_parameters_in_the_order_of_registration()
    {
        using Whole model = new();

        Assert.Equal(Names, model.named_parameters().Select(found => found.name));
        Assert.Equal(Names, model.state_dict().Keys);
        Assert.Equal(10, model.parameters().Count());
    }

    [Fact]
    public void Hand_out_their_own_parameters()
    {
        using Whole model = new();
        Dictionary<string, Tensor> state = model.state_dict();

        using (no_grad())
        {
            state["blocks.1.table.weight"].fill_(5);
        }

        Assert.Same(model.Blocks[1].Map.weight, state["blocks.1.map.weight"]);
        Assert.Same(state["blocks.0.norm.bias"], model.named_parameters().ElementAt(2).parameter);
        Elements.MustBe(model.Blocks[1].Table.weight!, 5, 5, 5, 5, 5, 5);
    }

    // Odd: a list lists nothing before it is registered in a module.
    [Fact]
    public void Register_the_members_of_a_list_when_the_list_is_registered()
    {
        ModuleList<Linear> list = nn.ModuleList(nn.Linear(1, 1));
        Assert.Empty(list.named_parameters());

        using Named parent = new();
        parent.register_module("list", list);

        Assert.Equal(
            ["list.0.weight", "list.0.bias"],
            parent.named_parameters().Select(found => found.name).Where(name => name.StartsWith("list"))
        );
    }

    // Tests compute in float64 what models hold in float32.
    [Fact]
    public void Convert_in_place_and_replace_their_parameters()
    {
        using Whole model = new();
        Tensor before = model.call(zeros([1], dtype: int64));
        Parameter old = model.Blocks[0].Map.weight;

        Whole same = model.to(float64);

        Assert.Same(model, same);
        Assert.True(old.IsInvalid);
        Assert.Equal(Names, model.named_parameters().Select(found => found.name));
        Assert.All(model.parameters(), found => Assert.Equal(ScalarType.Float64, found.dtype));
        Assert.All(model.parameters(), found => Assert.True(found.requires_grad && found.is_leaf));
        Assert.Same(model.Blocks[0].Map.weight, model.state_dict()["blocks.0.map.weight"]);
        Elements.MustBe(model.call(zeros([1], dtype: int64)), 1e-5, Elements.Of(before));
    }

    [Fact]
    public void Keep_their_parameters_where_a_conversion_changes_nothing()
    {
        using Whole model = new();
        Parameter[] before = [.. model.parameters()];

        model.to(CPU).to(float32);

        Assert.Equal(before, model.parameters(), ReferenceEqualityComparer.Instance);
    }

    [Fact]
    public void End_with_the_module_that_holds_them()
    {
        Whole model = new();
        Parameter[] parameters = [.. model.parameters()];

        model.Dispose();

        Assert.All(parameters, parameter => Assert.True(parameter.IsInvalid));
    }

    /// <summary>Registers its parts by name, in this order, and not by its fields, as models do.</summary>
    private sealed class Named : nn.Module<Tensor, Tensor>
    {
        internal readonly Linear Map = nn.Linear(nn.Parameter(ones(2, 2)), nn.Parameter(zeros(2)));
        internal readonly LayerNorm Norm = nn.LayerNorm(2);
        internal readonly Embedding Table = nn.Embedding(3, 2);

        internal Named()
            : base(nameof(Named))
        {
            register_module("table", Table);
            register_module("norm", Norm);
            register_module("map", Map);
        }

        public override Tensor forward(Tensor tokens) => Map.call(Norm.forward(Table.forward(tokens)));

        protected override void RegisterComponents() { }
    }

    private sealed class Whole : nn.Module<Tensor, Tensor>
    {
        internal readonly ModuleList<Named> Blocks = nn.ModuleList([new Named(), new Named()]);

        internal Whole()
            : base(nameof(Whole)) => register_module("blocks", Blocks);

        public override Tensor forward(Tensor tokens) => Blocks[0].call(tokens) + Blocks[1].call(tokens);

        protected override void RegisterComponents() { }
    }
}
