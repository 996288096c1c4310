using System.Collections.Immutable;
using CircuitPipeline.Pipeline.Errors;

namespace CircuitPipeline.Study.Spec;

/// <summary>Reads an experiment's YAML file.</summary>
public static class SpecReader
{
    /// <summary>Reads a file, with the one that it extends.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="shownAs">How messages name the file.</param>
    /// <exception cref="InvalidExperimentException">The file has problems; the message lists them all.</exception>
    public static ExperimentSpec ReadFile(string path, string shownAs) => ReadPlaces(path, shownAs, []).Spec;

    /// <summary>Reads YAML text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="shownAs">How messages name it.</param>
    /// <exception cref="InvalidExperimentException">The text has problems; the message lists them all.</exception>
    public static ExperimentSpec ReadText(string text, string shownAs) =>
        One(Read(() => text, null, shownAs, []), shownAs).Spec;

    /// <summary>Reads a file, and keeps where in it each key stands.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="shownAs">How messages name the file.</param>
    /// <param name="settings">Values over the file's, as <c>fine_tune.rank=8</c>.</param>
    /// <returns>The one experiment of the file.</returns>
    /// <exception cref="InvalidExperimentException">The file has problems, or a matrix of several; the message lists them all.</exception>
    internal static LocatedSpec ReadPlaces(string path, string shownAs, IEnumerable<string> settings) =>
        One(Read(() => SpecText.Read(path), path, shownAs, settings), shownAs);

    /// <summary>Reads a file that may have a matrix, and keeps where in it each key stands.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="shownAs">How messages name the file.</param>
    /// <param name="settings">Values over the file's, as <c>fine_tune.rank=8</c>.</param>
    /// <returns>The experiments of its matrix, in their order, or the one.</returns>
    /// <exception cref="InvalidExperimentException">The file has problems; the message lists them all.</exception>
    internal static ImmutableArray<LocatedSpec> ReadAll(string path, string shownAs, IEnumerable<string> settings) =>
        Read(() => SpecText.Read(path), path, shownAs, settings);

    private static LocatedSpec One(ImmutableArray<LocatedSpec> specs, string shownAs) =>
        specs is [var one]
            ? one
            : throw new InvalidExperimentException(
                $"{shownAs}: '{SpecMatrix.Key}' makes {specs.Length} studies, but one is expected here; "
                    + $"take the key away, as by '--set {SpecMatrix.Key}='."
            );

    private static ImmutableArray<LocatedSpec> Read(
        Func<string> text,
        string? path,
        string shownAs,
        IEnumerable<string> settings
    )
    {
        SpecProblems problems = new(shownAs);
        SpecLayers layers = new(path, problems);
        ImmutableArray<LocatedSpec> specs = [];
        try
        {
            SpecNode root = SpecTree.Read(text(), problems);
            ImmutableArray<SpecNode> roots = [root];
            if (root is MappingNode own)
            {
                MappingNode whole = layers.With(layers.Extended(own), settings);
                if (layers.AreIncomplete)
                {
                    problems.ThrowIfAny(); // what a file says that cannot be read is not missing
                }

                roots = [.. new SpecMatrix(problems).Of(whole, SpecLayers.With)];
            }

            specs = [.. roots.Select(study => Bound(study, shownAs, problems)).OfType<LocatedSpec>()];
        }
        catch (SpecSyntaxException stop)
        {
            problems.Add(stop.Problem);
        }

        problems.ThrowIfAny();
        return [.. specs.Select(study => study with { Extended = layers.Files })];
    }

    private static LocatedSpec? Bound(SpecNode root, string shownAs, SpecProblems problems) =>
        (ExperimentSpec?)new SpecBinder(problems).Bind(root, typeof(ExperimentSpec), "", new SpecLimits(null))
            is { } spec
            ? new LocatedSpec(spec, (MappingNode)root, shownAs)
            : null;
}

/// <summary>A spec, and where its keys stand.</summary>
/// <param name="Spec">The spec.</param>
/// <param name="Root">The tree that it was read from.</param>
/// <param name="ShownAs">How messages name the file.</param>
internal sealed record LocatedSpec(ExperimentSpec Spec, MappingNode Root, string ShownAs)
{
    /// <summary>The files that it extends, in full.</summary>
    internal ImmutableArray<string> Extended { get; init; } = [];
}
