using CircuitPipeline.Circuits;
using CircuitPipeline.Pipeline.Errors;

namespace CircuitPipeline.Study.Verbs;

/// <summary>Compares and merges circuits in files: the verbs <c>diff</c> and <c>union</c>.</summary>
public static class CircuitComparison
{
    /// <summary>Compares two circuits.</summary>
    /// <param name="before">The file of the circuit before.</param>
    /// <param name="after">The file of the circuit after.</param>
    /// <param name="collapse">Whether edges to a head's query, key and value count as one.</param>
    /// <returns>What changed.</returns>
    /// <exception cref="InvalidExperimentException">The circuits are of different graphs.</exception>
    /// <exception cref="InvalidCircuitException">A file cannot be read.</exception>
    public static CircuitDiff Diff(string before, string after, bool collapse)
    {
        (Circuit first, Circuit second) = (Read(before, collapse), Read(after, collapse));
        return Asked.For(() => CircuitDiff.Between(first, second));
    }

    /// <summary>Merges two circuits by the paper's rule and writes the result.</summary>
    /// <param name="first">A circuit's file.</param>
    /// <param name="second">Another one's.</param>
    /// <param name="edges">How many of the merged edges are kept; all when null.</param>
    /// <param name="collapse">Whether edges to a head's query, key and value count as one.</param>
    /// <param name="output">Where the union is written.</param>
    /// <returns>The union.</returns>
    /// <exception cref="InvalidExperimentException">The circuits are of different graphs, have no scores, or fewer edges.</exception>
    /// <exception cref="InvalidCircuitException">A file cannot be read.</exception>
    public static Circuit Union(string first, string second, EdgeAmount? edges, bool collapse, string output)
    {
        OutputFile file = OutputFile.At(output, "--out");
        (Circuit left, Circuit right) = (Read(first, collapse), Read(second, collapse));
        Circuit union = Asked.For(() => UnionCircuit.Of(left, right, edges?.Of(left.Graph)));
        file.Write(CircuitFile.Write(union));
        return union;
    }

    private static Circuit Read(string path, bool collapse)
    {
        Circuit circuit = CircuitFile.Read(path);
        return collapse ? circuit.Collapse() : circuit;
    }
}
