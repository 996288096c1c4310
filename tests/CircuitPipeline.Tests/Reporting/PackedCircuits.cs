using System.Text.Json;
using CircuitPipeline.Reporting;
using CircuitPipeline.Reporting.Results;
using Xunit;

namespace CircuitPipeline.Tests.Reporting;

/// <summary>Circuits are packed for the page's script; unpacked by the rules that the code states, they are what they were.</summary>
public sealed class PackedCircuits
{
    private const int Layers = 5;
    private const int Heads = 3;

    private static readonly string[] Inputs = ["", "<q>", "<k>", "<v>"];

    private static readonly string[] Names =
    [
        "input",
        .. Enumerable
            .Range(0, Layers)
            .SelectMany(layer => Enumerable.Range(0, Heads).Select(head => $"a{layer}.h{head}").Append($"m{layer}")),
        "logits",
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Unpack_to_the_same_edges_and_scores(int seed)
    {
        CircuitTrajectory packed = Random(new Random(seed));

        JsonElement series = Write([packed]).GetProperty("series")[0];

        Assert.All(
            packed.Circuits.Zip(series.GetProperty("circuits").EnumerateArray()),
            pair =>
            {
                Dictionary<string, double> unpacked = Unpack(series, pair.Second);
                Assert.Equal(pair.First.Edges.Select(edge => edge.Name).Order(), unpacked.Keys.Order());
                Assert.Equal(unpacked.Count, pair.Second.GetProperty("edges").GetInt32());
                Assert.All(
                    pair.First.Edges,
                    edge => Assert.InRange(unpacked[edge.Name] / edge.Score, 1 - 3e-4, 1 + 3e-4)
                );
            }
        );
    }

    [Fact]
    public void Keep_a_score_of_zero_and_one_too_small_to_tell()
    {
        CircuitView circuit = new("m", 1, 1, [new("input->m0", 0), new("input->logits", -1e-30), new("m0->logits", 2)]);

        JsonElement series = Write([new CircuitTrajectory("t", [circuit])]).GetProperty("series")[0];
        Dictionary<string, double> unpacked = Unpack(
            series,
            series.GetProperty("circuits")[0],
            ["input", "a0.h0", "m0", "logits"]
        );

        Assert.Equal(0, unpacked["input->m0"]);
        Assert.Equal(-2e-8, unpacked["input->logits"], 1e-12);
        Assert.Equal(2, unpacked["m0->logits"]);
    }

    [Fact]
    public void Keep_an_empty_circuit() =>
        Assert.Equal(
            0,
            Write([new CircuitTrajectory("t", [new CircuitView("m", 1, 1, [])])])
                .GetProperty("series")[0]
                .GetProperty("circuits")[0]
                .GetProperty("edges")
                .GetInt32()
        );

    private static JsonElement Write(CircuitTrajectory[] trajectories) =>
        new PageData(
            ReportPage.Write(
                new StudyResults
                {
                    Study = "packed",
                    Question = "?",
                    Circuits = [trajectories[0].Circuits[0]],
                    Trajectories = [.. trajectories],
                    Provenance = new([], ""),
                }
            )
        ).Graphs[0];

    private static CircuitTrajectory Random(Random random)
    {
        string[] edges =
        [
            .. from source in Enumerable.Range(0, Names.Length - 1)
            from target in Enumerable.Range(source + 1, Names.Length - source - 1)
            from input in Names[target][0] == 'a' ? (string[])["<q>", "<k>", "<v>", ""] : [""]
            select $"{Names[source]}->{Names[target]}{input}",
        ];
        return new CircuitTrajectory(
            "t",
            [
                .. Enumerable
                    .Range(0, 4)
                    .Select(step => new CircuitView(
                        $"step {step}",
                        Layers,
                        Heads,
                        [
                            .. edges
                                .Where(_ => random.Next(3) == 0)
                                .Select(name => new EdgeView(
                                    name,
                                    (random.Next(2) * 2 - 1) * Math.Pow(10, -6 * random.NextDouble() - 3)
                                )),
                        ]
                    )),
            ]
        );
    }

    // The slow way: bit by bit, as the remark of the packing says.
    private static Dictionary<string, double> Unpack(JsonElement series, JsonElement circuit, string[]? names = null)
    {
        names ??= Names;
        List<int> ids = [];
        (int id, int shift, int difference) = (0, 0, 0);
        foreach (byte one in series.GetProperty("edges").GetBytesFromBase64())
        {
            difference |= (one & 127) << shift;
            shift += 7;
            if (one < 128)
            {
                ids.Add(id += difference);
                (shift, difference) = (0, 0);
            }
        }

        byte[] members = circuit.GetProperty("members").GetBytesFromBase64();
        byte[] scores = circuit.GetProperty("scores").GetBytesFromBase64();
        double strongest = circuit.GetProperty("strongest").GetDouble();
        int[] own = [.. ids.Where((_, place) => (members[place / 8] >> (place % 8)) % 2 == 1)];
        return own.Index().ToDictionary(edge => Name(edge.Item), edge => Score(edge.Index));

        string Name(int edge) =>
            $"{names[edge / 4 / names.Length]}->{names[edge / 4 % names.Length]}{Inputs[edge % 4]}";

        double Score(int place)
        {
            int bits = scores[2 * place] + 256 * scores[2 * place + 1];
            int level = bits % 32_768;
            double size = level == 0 ? 0 : strongest * Math.Pow(10, 8.0 * (level - 32_767) / 32_766);
            return bits >= 32_768 ? -size : size;
        }
    }
}
