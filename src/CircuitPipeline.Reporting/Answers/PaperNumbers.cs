namespace CircuitPipeline.Reporting.Answers;

/// <summary>The paper's own numbers, each with where it is from; nothing stands here that has no source.</summary>
/// <remarks>Wang et al. 2025, arXiv:2502.11812; its repository FinetuneCircuits and its authors' rebuttals.</remarks>
internal static class PaperNumbers
{
    public const string EdgesAndNodes =
        "Edge Jaccard 0.40, node Jaccard 0.80 from before to after (two-step arithmetic, Pythia-1.4B; computed from the circuits in the authors' repository, one model, no floor). Per checkpoint, of the first circuit: 9.0 % of the nodes and 22.4 % of the edges for comparison, 5.6 and 16.5 % for complex IOI, 7.1 and 15.8 % for capitals (rebuttal).";

    public const string CircuitLora =
        "+2.46 % on average over LoRA at similar parameters (abstract); one seed, no interval, and in one notebook twice the learning rate for the layers of higher rank. A replication on GPT-2 found the opposite (anestisal10: ROUGE-1 13.9 against 18.8).";

    public const string RandomLora = "RandomLoRA is compared there too; its numbers are not known here.";

    public const string Union =
        "68 % of the composed circuit's edges are in the union before fine-tuning, 72 % after; edge Jaccard 0.43 and 0.44 (computed from the circuits in the authors' repository, where the union has more edges than the circuit). The union with 5 % of the edges is 89.2 % faithful (rebuttal).";
}
