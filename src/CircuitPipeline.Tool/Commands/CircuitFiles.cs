using CircuitPipeline.Circuits;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary>Reads the files of circuits and of scores that a command line names, each for what it is.</summary>
internal static class CircuitFiles
{
    /// <summary>Reads a circuit.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="collapse">Whether edges to a head's query, key and value count as one.</param>
    /// <exception cref="InvalidDataException">The file cannot be read.</exception>
    /// <exception cref="InvalidExperimentException">Its scores have no sum.</exception>
    /// <exception cref="UndefinedResultException">The file holds scores of which nothing is chosen.</exception>
    internal static Circuit Read(string path, bool collapse = false)
    {
        Circuit circuit = CircuitFile.Read(path);
        if (HoldsScores(circuit))
        {
            throw new UndefinedResultException(
                $"{path}: this file holds scores and no circuit, since no edge of it is chosen; choose one from it first, as with 'circuit select'."
            );
        }

        return collapse ? UserErrors.Wrap(circuit.Collapse) : circuit;
    }

    /// <summary>Whether a file holds scores of which nothing is chosen; a selection that chose nothing says so of itself.</summary>
    internal static bool HoldsScores(Circuit circuit) =>
        circuit is { EdgeCount: 0, Scores: not null } && circuit.Selection == SelectionOrigin.Unknown(0);

    /// <summary>Compares the circuits of two files.</summary>
    /// <exception cref="InvalidExperimentException">The circuits are of different graphs, or sums of their scores are not finite.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read.</exception>
    /// <exception cref="UndefinedResultException">A file holds scores of which nothing is chosen.</exception>
    internal static CircuitDiff Compare(string before, string after, bool collapse)
    {
        (Circuit first, Circuit second) = (Read(before, collapse), Read(after, collapse));
        return UserErrors.Wrap(() => CircuitDiff.Between(first, second));
    }

    /// <summary>Reads scores to choose edges by, and what is to be said of them.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read, or an edge has no score.</exception>
    /// <exception cref="UndefinedResultException">Every edge has the same score.</exception>
    internal static (EdgeScores Scores, string[] Warnings) ReadScores(string path)
    {
        Circuit file = CircuitFile.Read(path);
        EdgeScores scores = ScoresFile.Of(file, path);
        EdgeOrder.MustExist(scores, $"{path}: ");
        return (scores, [.. CircuitWarnings.OfScores(path, file)]);
    }
}
