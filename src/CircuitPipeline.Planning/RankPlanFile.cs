using System.Collections.Immutable;
using System.Text.Json;

namespace CircuitPipeline.Planning;

/// <summary>A rank plan as JSON, with the rank of each layer written out.</summary>
public static class RankPlanFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    /// <summary>Writes a plan; the same plan gives the same bytes.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="layers">How many layers its model has.</param>
    public static byte[] Write(RankPlan plan, int layers) =>
        [
            .. JsonSerializer.SerializeToUtf8Bytes(
                new Stored(
                    plan.Rule,
                    plan.Why,
                    plan.CriticalLayers,
                    plan.Pattern.DefaultRank,
                    plan.RanksByLayer(layers),
                    plan.AlphaOverRank,
                    plan.TrainableParameters,
                    plan.BudgetParameters
                ),
                Options
            ),
            (byte)'\n',
        ];

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="JsonException">It is something else.</exception>
    public static RankPlan Read(string path)
    {
        Stored stored = JsonSerializer.Deserialize<Stored>(File.ReadAllBytes(path), Options)!;
        return new RankPlan
        {
            Rule = stored.Rule,
            Why = stored.Why,
            CriticalLayers = stored.CriticalLayers,
            Pattern = new RankPattern(
                stored.DefaultRank,
                stored.Ranks.Select((rank, layer) => KeyValuePair.Create(layer, rank))
            ),
            AlphaOverRank = stored.AlphaOverRank,
            TrainableParameters = stored.TrainableParameters,
            BudgetParameters = stored.BudgetParameters,
        };
    }

    private sealed record Stored(
        string Rule,
        string Why,
        ImmutableArray<int> CriticalLayers,
        int DefaultRank,
        ImmutableArray<int> Ranks,
        double AlphaOverRank,
        long TrainableParameters,
        long? BudgetParameters
    );
}
