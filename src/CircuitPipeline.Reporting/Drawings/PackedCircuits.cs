using System.Text.Json.Nodes;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Drawings;

/// <summary>Circuits of one model in few bytes, as <c>unpack.js</c> reads them.</summary>
/// <remarks>
/// An edge's id is (source · nodes + destination) · 4 + input, the inputs being none, q, k, v.
/// 1. The ids of all circuits' edges, once each, rising: their differences, seven bits a byte, the last byte of each without the eighth bit.
/// 2. Per circuit a bit for each of these edges: whether it has it; the lowest bit of a byte is the first.
/// 3. Per edge that it has two bytes, the lower first: the sign above 15 bits of the score's logarithm, from 1 for 1e-8 of the
///    strongest to 32,767 for the strongest itself; 0 for a score of 0. A score is kept to within 3 in 10,000.
/// All bytes are written in base 64. About 3 bytes an edge remain.
/// </remarks>
internal static class PackedCircuits
{
    private const int Decades = 8;
    private const int Levels = 32_766;

    /// <summary>Packs the circuits of a series, of each at most so many edges, the strongest.</summary>
    public static JsonObject Of(CircuitTrajectory trajectory, int limit)
    {
        NodeLayout layout = NodeLayout.Of(trajectory.Circuits[0]);
        SortedDictionary<int, double>[] circuits =
        [
            .. trajectory.Circuits.Select(circuit => Scores(circuit, layout, limit)),
        ];
        int[] all = [.. circuits.SelectMany(circuit => circuit.Keys).Distinct().Order()];
        return new JsonObject
        {
            ["name"] = trajectory.Name,
            ["edges"] = Convert.ToBase64String(Differences(all)),
            ["circuits"] = new JsonArray([
                .. trajectory.Circuits.Zip(circuits, (circuit, scores) => Pack(circuit, scores, all)),
            ]),
        };
    }

    private static SortedDictionary<int, double> Scores(CircuitView circuit, NodeLayout layout, int limit) =>
        new(
            circuit
                .Edges.OrderByDescending(edge => Math.Abs(edge.Score))
                .Take(limit)
                .ToDictionary(view => IdOf(view.Edge, layout), view => view.Score)
        );

    private static int IdOf(Edge edge, NodeLayout layout) =>
        (layout.IndexOf(edge.Source) * layout.Count + layout.IndexOf(edge.Destination)) * 4
        + edge.Input switch
        {
            null => 0,
            QkvInput.Query => 1,
            QkvInput.Key => 2,
            _ => 3,
        };

    private static byte[] Differences(int[] ids)
    {
        List<byte> bytes = [];
        int last = 0;
        foreach (int id in ids)
        {
            uint difference = (uint)(id - last);
            for (; difference > 127; difference >>= 7)
            {
                bytes.Add((byte)(difference | 128));
            }

            bytes.Add((byte)difference);
            last = id;
        }

        return [.. bytes];
    }

    private static JsonObject Pack(CircuitView circuit, SortedDictionary<int, double> scores, int[] all)
    {
        byte[] members = new byte[(all.Length + 7) / 8];
        double strongest = scores.Values.Select(Math.Abs).DefaultIfEmpty().Max();
        foreach ((int place, int id) in all.Index())
        {
            members[place >> 3] |= (byte)(scores.ContainsKey(id) ? 1 << (place & 7) : 0);
        }

        return new JsonObject
        {
            ["name"] = circuit.Model,
            ["edges"] = scores.Count,
            ["strongest"] = strongest,
            ["members"] = Convert.ToBase64String(members),
            ["scores"] = Convert.ToBase64String([.. scores.Values.SelectMany(score => Level(score, strongest))]),
        };
    }

    private static byte[] Level(double score, double strongest)
    {
        double share = score == 0 ? 0 : 1 + Math.Log10(Math.Abs(score) / strongest) / Decades;
        int level = score == 0 ? 0 : (int)Math.Round(Math.Clamp(share, 0, 1) * Levels) + 1;
        return [(byte)level, (byte)((level >> 8) | (score < 0 ? 128 : 0))];
    }
}
