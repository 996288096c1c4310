using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits.Graph;
using Xunit;

namespace CircuitPipeline.TorchTests.Attribution;

/// <summary>A run of a reference library as we ask for it, and by what its scores differ from ours.</summary>
/// <param name="Id">The run's name; those of the older library begin with <c>old_</c>.</param>
/// <param name="Method">Our name of its method.</param>
internal sealed record OracleRun(string Id, string Method)
{
    /// <summary>
    /// All runs but those that the reference itself gets wrong: <c>exact_ld_library</c> prunes its graph as it goes,
    /// <c>eap_kl</c> is rounding noise, and the older <c>partial_activations</c> is a bug of that code.
    /// </summary>
    internal static readonly OracleRun[] All =
    [
        new("eap_ig_inputs_5_ld", "eap-ig-inputs"),
        new("eap_ig_inputs_5_kl", "eap-ig-inputs") { Metric = Metrics.Kl() },
        new("eap_ig_inputs_5_ld_positive", "eap-ig-inputs") { Sign = -1 }, // its loss is the metric, not its negative
        new("eap_ig_inputs_30_ld", "eap-ig-inputs") { Steps = 30 },
        new("eap_ig_inputs_5_ld_mean_aggregation", "eap-ig-inputs") { Width = 64 }, // it averages over d_model
        new("eap_ig_inputs_5_ld_ragged_batches", "eap-ig-inputs") { Set = "ragged" },
        new("eap_ig_inputs_5_ld_batch16", "eap-ig-inputs") { Batch = 16 },
        new("eap_ig_inputs_5_ld_padded", "eap-ig-inputs") { Set = "padded" },
        new("eap_ld", "eap"),
        new("eap_ld_zero", "eap") { Replacement = Intervention.Zero },
        new("clean_corrupted_ld", "clean-corrupted"),
        new("clean_corrupted_kl", "clean-corrupted") { Metric = Metrics.Kl() },
        new("eap_ig_activations_5_ld", "eap-ig-activations") { LacksInput = true },
        new("eap_ig_activations_5_kl", "eap-ig-activations") { LacksInput = true, Metric = Metrics.Kl() },
        new("exact_ld_fresh_graph_per_edge", "exact"),
        new("information_flow_routes", "information-flow-routes"),
        new("old_eap_ig_5_ld", "eap-ig-inputs") { Points = Quadrature.Right },
        new("old_eap_ig_5_kl", "eap-ig-inputs") { Points = Quadrature.Right, Metric = Metrics.Kl() },
        new("old_eap_ld", "eap"),
        new("old_eap_kl", "eap") { Metric = Metrics.Kl(ReferenceRun.Corrupted) },
        new("old_clean_corrupted_ld", "clean-corrupted"),
        new("old_eap_ig_activations_5_ld", "eap-ig-activations"),
    ];

    internal Metric Metric { get; init; } = Metrics.LogitDifference;

    internal string Set { get; init; } = "main";

    internal int Batch { get; init; } = 8;

    internal Intervention? Replacement { get; init; }

    internal double Sign { get; init; } = 1;

    internal double Width { get; init; } = 1;

    internal int? Steps { get; init; }

    internal Quadrature? Points { get; init; }

    /// <summary>EAP-IG 2.0 omits the input's part of layer 0's gradients on models without learned positions: a bug.</summary>
    internal bool LacksInput { get; init; }

    internal string Library => Id.StartsWith("old_", StringComparison.Ordinal) ? "old" : "new";

    /// <summary>Whether the library selected circuits by these scores; it did by those that say something new.</summary>
    internal bool HasSelections =>
        Id
            is not ("eap_ig_inputs_5_ld_positive" or "eap_ig_inputs_30_ld" or "eap_ig_inputs_5_ld_mean_aggregation")
                and not ("eap_ig_inputs_5_ld_batch16" or "eap_ld_zero" or "information_flow_routes");

    internal bool DependsOnBatches => AttributionMethods.Named(Method).TakesAggregation;

    /// <summary>
    /// Reference / ours: the gradient methods differentiate a batch's mean metric and then divide by the number of examples,
    /// so the batch size counts once more; their KL is a mean over the vocabulary of 64.
    /// </summary>
    internal double Factor =>
        (DependsOnBatches ? 1.0 / Batch : 1) * (Metric.Reference is null ? 1 : 1.0 / 64) * OwnFactor;

    /// <summary>What remains of the factor when we aggregate as the reference does.</summary>
    internal double OwnFactor => Sign / Width;

    public override string ToString() => Id;

    /// <summary>Model and run, for tests over those that fulfil a condition.</summary>
    internal static TheoryData<string, string> Rows(Func<OracleRun, bool> condition)
    {
        TheoryData<string, string> rows = [];
        foreach (OracleRun run in All.Where(condition))
        {
            rows.Add("gpt2", run.Id);
            rows.Add("neox", run.Id);
        }

        return rows;
    }

    internal static OracleRun Named(string id) => All.Single(run => run.Id == id);

    internal bool IsComparable(Edge edge, string model) =>
        !(
            LacksInput
            && model == "neox"
            && edge is { Source: InputNode, Destination: AttentionHeadNode { Layer: 0 } or MlpNode { Layer: 0 } }
        );

    internal IEdgeAttribution Create(int batch, Aggregation? aggregation = null) =>
        AttributionMethods.Create(
            Method,
            new AttributionOptions
            {
                Steps = Steps,
                Quadrature = Points,
                Intervention = Replacement,
                Aggregation = aggregation,
            },
            batch,
            TimeProvider.System
        );
}
