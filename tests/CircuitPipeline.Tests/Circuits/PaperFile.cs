using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Testing;

namespace CircuitPipeline.Tests.Circuits;

/// <summary>The paper's own circuits of Pythia-1.4B, collapsed: edges end in heads without saying in which of their inputs.</summary>
internal static class PaperFile
{
    public const string BaseName = "graph_add_sub_mul_div_1.4b_epoch0.json";
    public const string AfterRank2Name = "graph_add_sub_mul_div_1.4b_r2_epoch4.json";
    public const string UnionName = "union_merged_add_sub_mul_div_base.json";

    private static readonly Lazy<Circuit> BaseFile = new(() => CircuitFile.Read(PathOf(BaseName)));
    private static readonly Lazy<Circuit> Rank2File = new(() => CircuitFile.Read(PathOf(AfterRank2Name)));
    private static readonly Lazy<Circuit> UnionFile = new(() => CircuitFile.Read(PathOf(UnionName)));

    public static Circuit Base => BaseFile.Value;

    public static Circuit AfterRank2 => Rank2File.Value;

    public static Circuit UnionOfBases => UnionFile.Value;

    public static string PathOf(string name) => ReferenceFolder.File("finetune-circuits", name);
}
