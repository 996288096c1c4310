using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Artifacts;

namespace CircuitPipeline.Study.DiffCircuits;

/// <summary>The circuits of two tasks and of the one that composes them.</summary>
/// <param name="names">The parts' names, then the composition's.</param>
/// <param name="number">The base model's number.</param>
/// <param name="ofBase">A circuit of the base model by the place of its task and its size in percent.</param>
/// <param name="ofTuned">The same of each task's last checkpoint; null where one is not fine-tuned on.</param>
internal sealed class ComposedCircuits(
    string[] names,
    int number,
    Func<int, double, Circuit> ofBase,
    Func<int, double, Circuit>? ofTuned = null
)
{
    internal const string Base = "base";
    internal const string Tuned = "fine-tuned";

    /// <summary>Writes how well the union of the parts stands for the composition, at one size as it is and at all sizes beside chance.</summary>
    internal void Write(double comparePercent, double[] edgesPercent, WorkItemContext context)
    {
        Circuit[] circuits = [.. Enumerable.Range(0, names.Length).Select(place => ofBase(place, comparePercent))];
        File.WriteAllBytes(
            context.OutputFile(DiffCircuitsFiles.CompositionName),
            StageJson.Write(
                UnionOfParts.Measure([(names[0], circuits[0]), (names[1], circuits[1])], (names[2], circuits[2]))
            )
        );
        CompositionOverlap[] overlaps =
        [
            .. edgesPercent.SelectMany(percent => Overlaps(Base, percent, ofBase)),
            .. ofTuned is null ? [] : edgesPercent.SelectMany(percent => Overlaps(Tuned, percent, ofTuned)),
        ];
        File.WriteAllBytes(context.OutputFile(DiffCircuitsFiles.OverlapsName), StageJson.Write(overlaps));
    }

    // Union and parts with as many edges as the smallest of them has; the intersection, which may be smaller, with its own.
    private IEnumerable<CompositionOverlap> Overlaps(string model, double percent, Func<int, double, Circuit> circuitOf)
    {
        Circuit[] parts = [.. Enumerable.Range(0, 2).Select(place => circuitOf(place, percent).Collapse())];
        Circuit whole = circuitOf(2, percent).Collapse();
        int edges = parts.Append(whole).Min(circuit => circuit.EdgeCount);
        return
        [
            Against($"union of {names[0]} and {names[1]}", UnionCircuit.Of(parts[0], parts[1]), edges),
            Against($"{names[0]} alone", parts[0], edges),
            Against($"{names[1]} alone", parts[1], edges),
            Against($"intersection of {names[0]} and {names[1]}", IntersectionCircuit.Of(parts[0], parts[1]), null),
        ];

        CompositionOverlap Against(string circuit, Circuit compared, int? most)
        {
            DiffSummary change = EqualSizes.Between(compared, whole, most).Summary;
            return new CompositionOverlap(
                model,
                number,
                percent,
                circuit,
                names[2],
                change.Nodes,
                change.Edges,
                whole.Graph.EdgeCount
            );
        }
    }
}
