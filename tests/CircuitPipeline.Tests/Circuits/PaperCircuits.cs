using CircuitPipeline.Circuits;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

/// <summary>What a second computation found in the circuits that the paper's authors published.</summary>
public sealed class PaperCircuits
{
    [ReferenceFact]
    public void Have_the_published_sizes()
    {
        Assert.Equal(new CircuitSize(9_153, 334), PaperFile.Base.Size);
        Assert.Equal(new CircuitSize(8_397, 316), PaperFile.AfterRank2.Size);
        Assert.Equal(new CircuitSize(11_479, 333), PaperFile.UnionOfBases.Size);
    }

    [ReferenceFact]
    public void Change_in_fine_tuning_as_counted()
    {
        var diff = CircuitDiff.Between(PaperFile.Base, PaperFile.AfterRank2);

        Assert.Equal(
            (5_106, 3_291, 4_047),
            (diff.Edges.Shared.Length, diff.Edges.Added.Length, diff.Edges.Removed.Length)
        );
        Assert.Equal(0.4103, diff.Edges.Jaccard, 4);
        Assert.Equal(0.7857, diff.Nodes.Jaccard, 4);
        Assert.Equal((3_291 + 4_047) / 9_153.0, diff.Edges.ChangeRate);
    }

    [ReferenceFact]
    public void Overlap_with_the_union_as_counted()
    {
        var diff = CircuitDiff.Between(PaperFile.Base, PaperFile.UnionOfBases);

        Assert.Equal(6_237, diff.Edges.Shared.Length);
        Assert.Equal(0.4333, diff.Edges.Jaccard, 4);
    }

    [ReferenceTheory]
    [InlineData(100, 42)]
    [InlineData(500, 194)]
    [InlineData(1_000, 379)]
    [InlineData(2_000, 761)]
    [InlineData(5_000, 2_225)]
    [InlineData(8_000, 3_948)]
    public void Share_their_strongest_edges_with_the_union_as_counted(int edges, int shared)
    {
        var selector = new TopN(edges);

        var diff = CircuitDiff.Between(
            selector.Select(PaperFile.UnionOfBases.Scores!),
            selector.Select(PaperFile.Base.Scores!)
        );

        Assert.Equal(shared, diff.Edges.Shared.Length);
    }

    [ReferenceTheory]
    [InlineData(0, 1.1364e-05)]
    [InlineData(11, 3.2607e-06)]
    [InlineData(3, 2.8929e-06)]
    [InlineData(5, 2.7558e-06)]
    [InlineData(4, 2.5389e-06)]
    public void Change_in_each_layer_by_the_papers_sum(int layer, double sum)
    {
        var diff = CircuitDiff.Between(PaperFile.Base, PaperFile.AfterRank2);

        Assert.InRange(diff.Layers[layer].Scores!.BySource / sum, 0.999, 1.001);
    }

    [ReferenceFact]
    public void Change_by_the_papers_total()
    {
        var layers = CircuitDiff.Between(PaperFile.Base, PaperFile.AfterRank2).Layers;

        Assert.InRange(layers.Sum(layer => layer.Scores!.BySource) / 4.906857e-05, 0.999999, 1.000001);
        Assert.InRange(layers.Sum(layer => layer.Scores!.ByDestination) / 4.906857e-05, 0.999999, 1.000001);
        // Edges from the input are 46 to 53 % of layer 0's sum.
        Assert.InRange(layers[0].Scores!.BySourceWithoutInput / layers[0].Scores!.BySource, 0.47, 0.54);
    }
}
