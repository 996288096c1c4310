using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Planning;
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
        CircuitDiff diff = CircuitDiff.Between(PaperFile.Base, PaperFile.AfterRank2);

        Assert.Equal(
            (5_106, 3_291, 4_047),
            (diff.Edges.Shared.Length, diff.Edges.Added.Length, diff.Edges.Removed.Length)
        );
        Assert.Equal(0.4103, diff.Edges.Jaccard!.Value, 4);
        Assert.Equal(0.7857, diff.Nodes.Jaccard!.Value, 4);
        Assert.Equal((334, 316), (diff.Nodes.Before, diff.Nodes.After));
        Assert.Equal((3_291 + 4_047) / 9_153.0, diff.Edges.ChangeRate);
    }

    [ReferenceFact]
    public void Overlap_with_the_union_as_counted()
    {
        CircuitDiff diff = CircuitDiff.Between(PaperFile.Base, PaperFile.UnionOfBases);

        Assert.Equal(6_237, diff.Edges.Shared.Length);
        Assert.Equal(0.4333, diff.Edges.Jaccard!.Value, 4);
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
        TopN selector = new(edges);

        CircuitDiff diff = CircuitDiff.Between(
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
        CircuitDiff diff = CircuitDiff.Between(PaperFile.Base, PaperFile.AfterRank2);

        Assert.InRange(diff.Layers[layer].Scores!.BySource / sum, 0.999, 1.001);
    }

    [ReferenceFact]
    public void Change_so_much_in_layer_0_that_no_other_stands_out()
    {
        CircuitDiff diff = CircuitDiff.Between(PaperFile.Base, PaperFile.AfterRank2);

        Assert.Equal([0], OutlyingLayers.Of(LayerRule.Named("paper").Order(diff)).ToArray());
    }

    [ReferenceFact]
    public void Have_the_strongest_edges_and_the_total_scores_that_were_counted()
    {
        static double Total(Circuit circuit) => circuit.Scores!.Values.Sum(Math.Abs);
        IOrderedEnumerable<int> byStrength = PaperFile.Base.EdgeIndices.OrderByDescending(edge =>
            Math.Abs(PaperFile.Base.Scores!.Values[edge])
        );

        Assert.Equal(
            ["input->m0", "m0->m3"],
            byStrength.Take(2).Select(edge => PaperFile.Base.Graph.EdgeAt(edge).Name)
        );
        Assert.Equal(5.6890e-08, Math.Abs(PaperFile.Base.Scores![Edge.Parse("input->m0")]), 12);
        Assert.InRange(Total(PaperFile.Base) / 7.5319e-07, 0.9999, 1.0001);
        Assert.InRange(Total(PaperFile.AfterRank2) / 4.9278e-05, 0.9999, 1.0001);
        Assert.InRange(Total(PaperFile.UnionOfBases) / 1.4357e-05, 0.9999, 1.0001);
    }

    [ReferenceTheory]
    [InlineData(PaperFile.BaseName, 410)]
    [InlineData(PaperFile.AfterRank2Name, 410)]
    [InlineData(PaperFile.UnionName, 333)]
    public void Are_of_a_collapsed_graph_and_list_only_their_edges(string name, int nodes)
    {
        Circuit circuit = CircuitFile.Read(PaperFile.PathOf(name));

        Assert.Equal("24 layers of 16 heads in parallel blocks with q, k and v collapsed", circuit.Graph.ToString());
        Assert.Equal(circuit.EdgeCount, circuit.Listing!.EdgesListed);
        Assert.Equal(nodes, circuit.Listing.Nodes.Count(node => node is not null));
        Assert.Equal(
            circuit.Nodes.Select(node => node.Name).ToHashSet(),
            circuit
                .Graph.Nodes.Where((_, place) => circuit.Listing.Nodes[place]?.InGraph == true)
                .Select(node => node.Name)
                .ToHashSet()
        );
    }

    [ReferenceTheory]
    [InlineData(PaperFile.BaseName)]
    [InlineData(PaperFile.AfterRank2Name)]
    [InlineData(PaperFile.UnionName)]
    public void Are_written_without_losing_or_inventing_anything(string name)
    {
        JsonNode original = JsonNode.Parse(File.ReadAllBytes(PaperFile.PathOf(name)))!;

        byte[] written = CircuitFile.Write(CircuitFile.Read(PaperFile.PathOf(name)));

        DialectJson.MustSayTheSame(original, JsonNode.Parse(written)!);
        Assert.Equal(written, CircuitFile.Write(CircuitFile.Parse(written, name)));
    }

    [ReferenceFact]
    public void Merge_into_one_with_the_mean_of_both_scores_cut_to_the_strongest()
    {
        (Circuit? one, Circuit? two) = (PaperFile.Base, PaperFile.UnionOfBases);
        const int Edges = 11_479;

        Circuit union = UnionCircuit.Of(one, two, Edges);

        Assert.Equal(9_153 + 11_479 - 6_237, UnionCircuit.Of(one, two).EdgeCount);
        Assert.Equal(MergedCircuits.SlowUnion(one, two, Edges), union.EdgeIndices.ToHashSet());
    }

    [ReferenceFact]
    public void Change_by_the_papers_total()
    {
        ImmutableArray<LayerChange> layers = CircuitDiff.Between(PaperFile.Base, PaperFile.AfterRank2).Layers;

        Assert.InRange(layers.Sum(layer => layer.Scores!.BySource) / 4.906857e-05, 0.999999, 1.000001);
        Assert.InRange(layers.Sum(layer => layer.Scores!.ByDestination) / 4.906857e-05, 0.999999, 1.000001);
        // Edges from the input are 46 to 53 % of layer 0's sum.
        Assert.InRange(layers[0].Scores!.BySourceWithoutInput / layers[0].Scores!.BySource, 0.47, 0.54);
    }
}
