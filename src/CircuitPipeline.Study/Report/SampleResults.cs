using System.Collections.Immutable;
using System.Globalization;
using CircuitPipeline.Reporting.Results;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Report;

/// <summary>The sets of prompt pairs of a task, and which rows of files or draws were left out, with why.</summary>
internal static class SampleResults
{
    internal static ImmutableArray<SampleSet> Of(ExperimentSpec spec, ReportFiles files)
    {
        SetSizes sizes = SetSizes.Of(spec, files.Task, files.Imports);
        ImmutableArray<SampleSet> sets =
        [
            .. new (string Set, int Used)[]
            {
                (PairSets.Train, sizes.Train),
                (PairSets.Validation, sizes.Validation),
                (PairSets.First, sizes.Circuit),
                (PairSets.Second, sizes.CircuitAgain),
                (PairSets.Test, sizes.Test),
            }.Select(set => Set(spec, files, set.Set, set.Used)),
            .. OfParts(spec, files),
        ];
        return files.Imports?.Drawn is { } drawn ? [Draws(drawn), .. sets] : sets;
    }

    private static SampleSet Set(ExperimentSpec spec, ReportFiles files, string set, int used)
    {
        string key = PairsSpec.KeyOf(set);
        return files.Imports?.Sets.FirstOrDefault(rows => rows.Set == key) is { } read
            ? new(key, FileOf(spec, files, key), read.Rows, read.Usable, LeftOut(read.Dropped), Note(files, key, read))
            : new(key, "drawn", null, used, []);
    }

    // The sets of the tasks that the target's circuit is composed with; those that are drawn have no rows to leave out.
    private static IEnumerable<SampleSet> OfParts(ExperimentSpec spec, ReportFiles files) =>
        from set in PairSets.OfOtherTasks
        let key = PairsSpec.KeyOf(set)
        where files.Imports?.Sets.Any(rows => rows.Set == key) == true
        select Set(spec, files, set, 0);

    private static SampleSet Draws(DrawnRows drawn) =>
        new(
            "all draws",
            string.Create(
                CultureInfo.InvariantCulture,
                $"drawn for {drawn.Tokenizer}, {drawn.Repeated:N0} of them drawn before"
            ),
            drawn.Draws,
            drawn.Usable,
            LeftOut(drawn.Dropped),
            Ceiling(drawn.Ceiling)
        );

    private static string FileOf(ExperimentSpec spec, ReportFiles files, string key) =>
        MessageText.OneLine(
            spec.Files.Single(one => one.Task == files.Task.Name).Pairs.Named.Single(one => one.Key == key).File.File
        );

    private static ImmutableArray<LeftOutRows> LeftOut(DroppedRows[] dropped) =>
        [.. dropped.Select(rows => new LeftOutRows(rows.Reason, rows.Count, [.. rows.Lines]))];

    private static string Note(ReportFiles files, string key, ImportedRows rows) =>
        string.Join(
                " ",
                (string[])
                    [
                        Ceiling(rows.Ceiling),
                        .. files.Imports!.Shared.Where(shared => shared.Set == key).Select(shared => shared.ToString()),
                    ]
            )
            .Trim();

    private static string Ceiling(double? share) =>
        share is { } ceiling and < 1
            ? string.Create(CultureInfo.InvariantCulture, $"At most {100 * ceiling:0.#} % can be answered rightly.")
            : "";
}
